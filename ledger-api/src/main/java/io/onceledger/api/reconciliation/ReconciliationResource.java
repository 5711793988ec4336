package io.onceledger.api.reconciliation;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.reconciliation.Reconciliations;
import io.onceledger.core.reconciliation.Run;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs that hold the processor's report of a day against the books. A worker makes them. */
@Path("/v1/ops/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class ReconciliationResource {

  private static final String PATH = "/v1/ops/reconciliations/";
  private static final int SHOWN_REJECTIONS = 100;

  private final CurrentCaller caller;
  private final Reconciliations reconciliations;

  ReconciliationResource(CurrentCaller caller, Reconciliations reconciliations) {
    this.caller = caller;
    this.reconciliations = reconciliations;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "reconcile",
      summary = "Hold the processor's report of a day against the books",
      description =
          "A worker fetches the report, books its lines and compares. While a run of the date is"
              + " not finished, to ask again is answered with that run; one that has failed is then"
              + " tried at once.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ReconciliationBody.class)))
  @APIResponse(
      responseCode = "202",
      description = "The run; look at it again until it is completed",
      headers = @Header(name = LedgerDocument.LOCATION, ref = LedgerDocument.LOCATION),
      content = @Content(schema = @Schema(implementation = ReconciliationView.class)))
  public Response request(@Context HttpHeaders headers, byte[] body) throws SQLException {
    LocalDate date = ReconciliationBody.read(new JsonFields(JsonBody.read(headers, body)));
    Run run =
        reconciliations
            .request(date, caller.operator())
            .orElseThrow(
                () -> Refusal.invalid("/date", "must not be in the future: the day is UTC's"));
    return Response.accepted(view(run))
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.LOCATION, URI.create(PATH + PublicId.RECONCILIATION.text(run.id())))
        .build();
  }

  @GET
  @Operation(operationId = "listReconciliations", summary = "Runs, newest first")
  @APIResponse(responseCode = "200", description = "A page; rejections are shown with one run only")
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public ListBody<ReconciliationView> list(@Context UriInfo uri) throws SQLException {
    ListParameters parameters = new ListParameters("reconciliations", uri.getQueryParameters());
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    return parameters.body(
        reconciliations.page(position, limit), run -> ReconciliationView.of(run, List.of()));
  }

  @GET
  @Path("/{reconciliation}")
  @Operation(operationId = "getReconciliation", summary = "A run")
  @APIResponse(responseCode = "200", description = "As it stands")
  public ReconciliationView get(@PathParam("reconciliation") String id) throws SQLException {
    return view(find(reconciliations, id));
  }

  private ReconciliationView view(Run run) throws SQLException {
    return ReconciliationView.of(run, reconciliations.rejections(run, SHOWN_REJECTIONS));
  }

  /** The run that {@code id} names. */
  static Run find(Reconciliations reconciliations, String id) throws SQLException {
    return reconciliations
        .find(PublicId.RECONCILIATION.parse(id).orElseThrow(ReconciliationResource::noSuch))
        .orElseThrow(ReconciliationResource::noSuch);
  }

  private static Refusal noSuch() {
    return Refusal.of(ProblemCode.NOT_FOUND, "Check the id; there is no such reconciliation.");
  }
}
