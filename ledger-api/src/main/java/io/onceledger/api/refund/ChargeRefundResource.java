package io.onceledger.api.refund;

import io.onceledger.api.acceptance.Answers;
import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.idempotency.IdempotencyKeyHeader;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.refund.RefundDelivery;
import io.onceledger.core.refund.RefundReceipt;
import io.onceledger.core.refund.RefundRefusal.ExceedsCharge;
import io.onceledger.core.refund.RefundRefusal.NoSuchCharge;
import io.onceledger.core.refund.RefundRefusal.NotSucceeded;
import io.onceledger.core.refund.Refunds;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Makes refunds: a POST is acknowledged after the commit of its key, refund and outbox message. */
@Path("/v1/charges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Refunds")
public class ChargeRefundResource {

  /** Names no charge: what cannot be an id is not one of this merchant's either. */
  private static final UUID NO_CHARGE = new UUID(0, 0);

  private final CurrentCaller caller;
  private final GroupCommit<RefundDelivery, Acceptance<RefundReceipt>> acceptance;
  private final Refunds refunds;
  private final Receipts receipts;
  private final Answers answers;

  ChargeRefundResource(
      CurrentCaller caller,
      GroupCommit<RefundDelivery, Acceptance<RefundReceipt>> acceptance,
      Refunds refunds,
      Receipts receipts,
      Answers answers) {
    this.caller = caller;
    this.acceptance = acceptance;
    this.refunds = refunds;
    this.receipts = receipts;
    this.answers = answers;
  }

  @POST
  @Path("/{id}/refunds")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "createRefund",
      summary = "Give back a charge, or a part of it, once",
      description =
          "Send it as often as you like under one key. Without an amount it is what is left of the"
              + " charge. Whatever is not declined or canceled is reserved at once.")
  @Parameter(ref = LedgerDocument.IDEMPOTENCY_KEY)
  @Parameter(ref = LedgerDocument.PREFER)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RefundBody.class),
              examples = @ExampleObject(name = "refund", ref = "refund")))
  @APIResponse(
      responseCode = "200",
      description = "Settled while waiting: the refund as it is",
      headers = {
        @Header(name = LedgerDocument.LOCATION, ref = LedgerDocument.LOCATION),
        @Header(
            name = LedgerDocument.IDEMPOTENT_REPLAYED,
            ref = LedgerDocument.IDEMPOTENT_REPLAYED),
        @Header(name = LedgerDocument.PREFERENCE_APPLIED, ref = LedgerDocument.PREFERENCE_APPLIED)
      },
      content = @Content(schema = @Schema(implementation = RefundView.class)))
  @APIResponse(
      responseCode = "202",
      description = "Accepted and committed: the receipt, the same bytes for every delivery",
      headers = {
        @Header(name = LedgerDocument.LOCATION, ref = LedgerDocument.LOCATION),
        @Header(name = LedgerDocument.IDEMPOTENT_REPLAYED, ref = LedgerDocument.IDEMPOTENT_REPLAYED)
      },
      content = @Content(schema = @Schema(implementation = RefundView.class)))
  public CompletionStage<Response> create(
      @Parameter(example = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") @PathParam("id") String id,
      @Context HttpHeaders headers,
      byte[] body) {
    String key = IdempotencyKeyHeader.read(headers.getRequestHeader("Idempotency-Key"));
    UUID charge = PublicId.CHARGE.parse(id).orElse(NO_CHARGE);
    RefundDelivery delivery =
        new RefundDelivery(
            new IdempotencyKey(caller.merchant().id(), key),
            PublicId.next(),
            RefundBody.read(charge, new JsonFields(JsonBody.read(headers, body))));
    return answers.answer(
        acceptance.submit(delivery), new Form(), headers.getRequestHeader("Prefer"));
  }

  private final class Form implements Answers.Form<RefundReceipt> {
    @Override
    public byte[] receipt(RefundReceipt receipt) {
      return receipts.render(receipt);
    }

    @Override
    public RefundView current(Resource resource) {
      return refunds
          .find(resource.merchant(), resource.refund())
          .map(RefundView::of)
          .orElseThrow(() -> new IllegalStateException("an accepted refund is gone"));
    }

    @Override
    public Refusal refusal(Acceptance.Reason reason) {
      if (reason instanceof NoSuchCharge) {
        return Refusal.of(ProblemCode.NOT_FOUND, "Check the id; you have no such charge.");
      }
      if (reason instanceof NotSucceeded not) {
        return Refusal.of(
            ProblemCode.INVALID_STATE,
            "The charge is %s: only one that succeeded is refunded. The key is still free."
                .formatted(not.status().text()));
      }
      ExceedsCharge exceeds = (ExceedsCharge) reason;
      return Refusal.of(
          ProblemCode.REFUND_EXCEEDS_CHARGE,
          "Of the charge %s %s (minor units) are left to be refunded. The key is still free."
              .formatted(exceeds.left(), exceeds.currency()));
    }
  }
}
