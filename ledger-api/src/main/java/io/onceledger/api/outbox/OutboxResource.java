package io.onceledger.api.outbox;

import io.onceledger.api.access.CurrentCaller;
import io.onceledger.api.access.OperatorsOnly;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.backlog.OutboxDepth;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.processor.Redrives;
import io.onceledger.core.processor.Redrives.Verdict;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits to leave, and the way back to work for what waits for a person. */
@Path("/v1/ops/outbox")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operator")
@OperatorsOnly
public class OutboxResource {

  private static final int LONGEST_NOTE = 1_000;

  /** The body of a redrive, for its schema. */
  @Schema(name = "RedriveRequest", additionalProperties = Schema.False.class)
  record Body(@Schema(nullable = true, maxLength = LONGEST_NOTE) String note) {}

  private final CurrentCaller caller;
  private final OutboxDepth depth;
  private final Redrives redrives;

  OutboxResource(CurrentCaller caller, OutboxDepth depth, Redrives redrives) {
    this.caller = caller;
    this.depth = depth;
    this.redrives = redrives;
  }

  @GET
  @Operation(operationId = "getOutbox", summary = "What waits to leave")
  @APIResponse(responseCode = "200", description = "The counts at one instant")
  public OutboxView read() throws SQLException {
    return OutboxView.of(depth.read());
  }

  @POST
  @Path("/{resource}/redrive")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "redriveMessage",
      summary = "Send a dead message back to work",
      description =
          "The processor is asked again what became of the charge or refund; nothing is sent that"
              + " may have left before. It stays in review until the answer is recorded, and if"
              + " there is none, the message is dead again.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Body.class)))
  @APIResponse(responseCode = "200", description = "It is due now")
  @APIResponse(responseCode = "422", ref = LedgerDocument.REFUSED)
  public RedriveView redrive(
      @PathParam("resource") String resource, @Context HttpHeaders headers, byte[] body)
      throws SQLException {
    JsonFields fields = new JsonFields(JsonBody.readOptional(headers, body));
    String note = fields.optionalText("note", LONGEST_NOTE);
    fields.done();
    return redriven(
        redrives
            .redrive(parse(resource), caller.operator(), note)
            .orElseThrow(OutboxResource::noSuch));
  }

  private static RedriveView redriven(Verdict verdict) {
    if (verdict instanceof Verdict.Redriven redriven) {
      return RedriveView.of(redriven);
    }
    Verdict.Refused refused = (Verdict.Refused) verdict;
    throw Refusal.of(
        ProblemCode.INVALID_STATE,
        "It is %s and %s: only what is parked is redriven."
            .formatted(
                refused.status(),
                refused.step() == null
                    ? "has no message any more"
                    : "its message is at " + refused.step()));
  }

  private static UUID parse(String id) {
    return PublicId.CHARGE
        .parse(id)
        .or(() -> PublicId.REFUND.parse(id))
        .orElseThrow(OutboxResource::noSuch);
  }

  private static Refusal noSuch() {
    return Refusal.of(ProblemCode.NOT_FOUND, "Check the id; there is no such charge or refund.");
  }
}
