package io.onceledger.api.charge;

import io.onceledger.api.acceptance.Answers;
import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.idempotency.IdempotencyKeyHeader;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.page.ListBody;
import io.onceledger.api.page.ListParameters;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeFilter;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.Charges;
import io.onceledger.core.charge.Status;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Charges. A POST is acknowledged after the commit of its key, charge and outbox message; the
 * processor is never called from here.
 */
@Path("/v1/charges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Charges")
public class ChargeResource {

  private final CurrentCaller caller;
  private final GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> acceptance;
  private final Charges charges;
  private final Receipts receipts;
  private final Answers answers;

  ChargeResource(
      CurrentCaller caller,
      GroupCommit<ChargeDelivery, Acceptance<ChargeReceipt>> acceptance,
      Charges charges,
      Receipts receipts,
      Answers answers) {
    this.caller = caller;
    this.acceptance = acceptance;
    this.charges = charges;
    this.receipts = receipts;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "createCharge",
      summary = "Charge a payment method once",
      description =
          "Send it as often as you like under one key: the card is charged once or not at all.")
  @Parameter(ref = LedgerDocument.IDEMPOTENCY_KEY)
  @Parameter(ref = LedgerDocument.PREFER)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ChargeBody.class),
              examples = @ExampleObject(name = "charge", ref = "charge")))
  @APIResponse(
      responseCode = "200",
      description = "Settled while waiting: the charge as it is",
      headers = {
        @Header(name = LedgerDocument.LOCATION, ref = LedgerDocument.LOCATION),
        @Header(
            name = LedgerDocument.IDEMPOTENT_REPLAYED,
            ref = LedgerDocument.IDEMPOTENT_REPLAYED),
        @Header(name = LedgerDocument.PREFERENCE_APPLIED, ref = LedgerDocument.PREFERENCE_APPLIED)
      },
      content =
          @Content(
              schema = @Schema(implementation = ChargeView.class),
              examples = @ExampleObject(name = "settled", ref = "settled")))
  @APIResponse(
      responseCode = "202",
      description = "Accepted and committed: the receipt, the same bytes for every delivery",
      headers = {
        @Header(name = LedgerDocument.LOCATION, ref = LedgerDocument.LOCATION),
        @Header(name = LedgerDocument.IDEMPOTENT_REPLAYED, ref = LedgerDocument.IDEMPOTENT_REPLAYED)
      },
      content =
          @Content(
              schema = @Schema(implementation = ChargeView.class),
              examples = @ExampleObject(name = "receipt", ref = "receipt")))
  public CompletionStage<Response> create(@Context HttpHeaders headers, byte[] body) {
    String key = IdempotencyKeyHeader.read(headers.getRequestHeader("Idempotency-Key"));
    ChargeDelivery delivery =
        new ChargeDelivery(
            caller.merchant(),
            key,
            PublicId.next(),
            ChargeBody.read(new JsonFields(JsonBody.read(headers, body))));
    return answers.answer(
        acceptance.submit(delivery), new Form(), headers.getRequestHeader("Prefer"));
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getCharge", summary = "A charge as it is now")
  @APIResponse(
      responseCode = "200",
      description = "The charge",
      content =
          @Content(
              schema = @Schema(implementation = ChargeView.class),
              examples = @ExampleObject(name = "settled", ref = "settled")))
  public ChargeView get(
      @Parameter(example = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") @PathParam("id") String id) {
    return PublicId.CHARGE
        .parse(id)
        .flatMap(charge -> charges.find(caller.merchant().id(), charge))
        .map(ChargeView::of)
        .orElseThrow(
            () -> Refusal.of(ProblemCode.NOT_FOUND, "Check the id; you have no such charge."));
  }

  @GET
  @Operation(operationId = "listCharges", summary = "Charges, newest first")
  @APIResponse(responseCode = "200", description = "A page")
  @Parameter(
      name = "idempotency_key",
      in = ParameterIn.QUERY,
      description = "The key as it is, without quotes",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      schema = @Schema(type = SchemaType.STRING),
      example = "succeeded")
  @Parameter(
      name = "created_from",
      in = ParameterIn.QUERY,
      description = "Not before",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "created_to",
      in = ParameterIn.QUERY,
      description = "Before",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(ref = LedgerDocument.LIMIT)
  @Parameter(ref = LedgerDocument.CURSOR)
  public ListBody<ChargeView> list(@Context UriInfo uri) {
    UUID merchant = caller.merchant().id();
    ListParameters parameters = new ListParameters("charges", merchant, uri.getQueryParameters());
    Optional<Instant> from = parameters.instant("created_from");
    Optional<Instant> to = parameters.instant("created_to");
    ChargeFilter filter =
        new ChargeFilter(
            parameters.parsed(
                "idempotency_key",
                key -> Optional.of(key).filter(IdempotencyKeyHeader::isKey),
                "1 to 255 printable ASCII characters"),
            parameters.parsed("status", Status::parse, "one of the statuses of a charge"),
            from,
            to);
    parameters.requireOrder("created_from", from, "created_to", to);
    int limit = parameters.limit();
    var position = parameters.cursor();
    parameters.done();
    return parameters.body(charges.page(merchant, filter, position, limit), ChargeView::of);
  }

  private final class Form implements Answers.Form<ChargeReceipt> {
    @Override
    public byte[] receipt(ChargeReceipt receipt) {
      return receipts.render(receipt);
    }

    @Override
    public ChargeView current(Resource resource) {
      return charges
          .find(resource.merchant(), resource.charge())
          .map(ChargeView::of)
          .orElseThrow(() -> new IllegalStateException("an accepted charge is gone"));
    }

    @Override
    public Refusal refusal(Acceptance.Reason reason) {
      return Refusal.invalid("/currency", "must be a currency in use (ISO 4217), such as USD");
    }
  }
}
