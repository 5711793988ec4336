package io.onceledger.api.reconciliation;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.Csv;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.page.QueryParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import io.onceledger.core.reconciliation.Difference;
import io.onceledger.core.reconciliation.DifferenceFilter;
import io.onceledger.core.reconciliation.DifferenceFilter.State;
import io.onceledger.core.reconciliation.DifferenceKind;
import io.onceledger.core.reconciliation.Differences;
import io.onceledger.core.reconciliation.Reconciliations;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What differs on the day of a run, as a list or a file, until it is gone or explained. */
@Path("/v1/ops/reconciliations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class DifferenceResource {

  /** A page, with a name for the document: the route answers a file as well. */
  @RegisterForReflection
  @Schema(name = "DifferenceList")
  record DifferenceList(
      List<DifferenceView> data,
      @Schema(nullable = true, description = "Send it as cursor for the next page")
          String nextCursor) {}

  /** Rows of a file that are in memory at once. */
  private static final int PIECE = 500;

  private final CurrentCaller caller;
  private final Reconciliations reconciliations;
  private final Differences differences;

  DifferenceResource(
      CurrentCaller caller, Reconciliations reconciliations, Differences differences) {
    this.caller = caller;
    this.reconciliations = reconciliations;
    this.differences = differences;
  }

  @GET
  @Path("/{reconciliation}/differences")
  @Operation(
      operationId = "listDifferences",
      summary = "What differs on the day of a run, newest first",
      description =
          "With `Accept: text/csv` all of it as a file, without limit and cursor; a cell that a"
              + " spreadsheet would take for a formula begins with an apostrophe.")
  @APIResponse(
      responseCode = "200",
      description = "A page, or the file",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DifferenceList.class)),
        @Content(mediaType = Csv.TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"missing_here", "missing_there", "amount", "currency", "status"}))
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"open", "resolved"}))
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  @Produces({MediaType.APPLICATION_JSON, Csv.TYPE})
  public Response list(
      @PathParam("reconciliation") String reconciliation,
      @Context Request request,
      @Context UriInfo uri)
      throws SQLException {
    LocalDate date = ReconciliationResource.find(reconciliations, reconciliation).date();
    return Csv.isPreferredBy(request) ? file(date, uri) : page(date, uri);
  }

  @POST
  @Path("/{reconciliation}/differences/{difference}/resolve")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "resolveDifference",
      summary = "Explain a difference",
      description =
          "Moves no money and no status. What is explained stays so, with its author, whatever"
              + " later runs find; what is resolved already is answered as it is.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ExplanationBody.class)))
  @APIResponse(responseCode = "200", description = "The difference, resolved")
  public DifferenceView resolve(
      @PathParam("reconciliation") String reconciliation,
      @PathParam("difference") String difference,
      @Context HttpHeaders headers,
      byte[] body)
      throws SQLException {
    String note = ExplanationBody.read(new JsonFields(JsonBody.read(headers, body)));
    var run = ReconciliationResource.find(reconciliations, reconciliation);
    return differences
        .resolve(
            run,
            PublicId.DIFFERENCE.parse(difference).orElseThrow(DifferenceResource::noSuch),
            note,
            caller.operator())
        .map(DifferenceView::of)
        .orElseThrow(DifferenceResource::noSuch);
  }

  private Response page(LocalDate date, UriInfo uri) throws SQLException {
    ListParameters parameters =
        new ListParameters("differences of " + date, uri.getQueryParameters());
    DifferenceFilter filter = filter(date, parameters);
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    ListBody<DifferenceView> body =
        parameters.body(differences.page(filter, position, limit), DifferenceView::of);
    return Response.ok(new DifferenceList(body.data(), body.nextCursor()))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private Response file(LocalDate date, UriInfo uri) {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
    DifferenceFilter filter = filter(date, parameters);
    parameters.done();
    StreamingOutput file = out -> write(filter, out);
    return Response.ok(file, Csv.UTF_8).header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
  }

  private static DifferenceFilter filter(LocalDate date, QueryParameters parameters) {
    return new DifferenceFilter(
        date,
        parameters.parsed(
            "kind",
            DifferenceKind::parse,
            "missing_here, missing_there, amount, currency or status"),
        parameters.parsed("state", State::parse, "open or resolved"));
  }

  private void write(DifferenceFilter filter, OutputStream out) throws IOException {
    try (DifferenceCsv csv = new DifferenceCsv(out)) {
      Optional<Position> position = Optional.empty();
      do {
        Page<Difference> page = differences.page(filter, position, PIECE);
        page.items().stream().map(DifferenceView::of).forEach(csv::write);
        position = page.next();
      } while (position.isPresent());
    } catch (SQLException e) {
      throw new IOException("The differences cannot be read any further", e);
    }
  }

  private static Refusal noSuch() {
    return Refusal.of(ProblemCode.NOT_FOUND, "Check the id; there is no such difference.");
  }
}
