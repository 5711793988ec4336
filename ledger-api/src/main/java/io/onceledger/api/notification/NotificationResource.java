package io.onceledger.api.notification;

import io.onceledger.api.acceptance.EventLoop;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.api.openapi.LedgerDocument;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.inbox.Finding;
import io.onceledger.core.inbox.Notification;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/**
 * Takes what the processor tells of its own accord. No API key opens it, only the signature, which
 * is checked before anything is read or looked up. Acknowledged after the commit of its effect.
 */
@Path(NotificationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Processor")
public class NotificationResource {

  static final String PATH = "/v1/processor-notifications";

  private static final Logger LOG = Logger.getLogger(NotificationResource.class);

  /** As for every POST: whoever is told nothing gives up. */
  private static final Duration LONGEST_SILENCE = Duration.ofMillis(1_800);

  /** The same for all that are taken: whether it was the first delivery is not the sender's. */
  @Schema(name = "Acknowledgement")
  record Acknowledgement(boolean received) {}

  private final ProcessorSignature signature;
  private final GroupCommit<Notification, Finding> inbox;

  NotificationResource(ProcessorSignature signature, GroupCommit<Notification, Finding> inbox) {
    this.signature = signature;
    this.inbox = inbox;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "notify",
      summary = "Tell what became of a payment, refund or dispute",
      description =
          "Signed as Standard Webhooks. Send it until it is answered 200, in any order: each has"
              + " its effect once. A type that is not known is acknowledged and not looked at.")
  @Parameter(
      name = ProcessorSignature.ID,
      in = ParameterIn.HEADER,
      required = true,
      description = "The same at every delivery",
      schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
  @Parameter(
      name = ProcessorSignature.TIMESTAMP,
      in = ParameterIn.HEADER,
      required = true,
      description = "Seconds since 1970, at most five minutes off",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = ProcessorSignature.SIGNATURE,
      in = ParameterIn.HEADER,
      required = true,
      description = "`v1,` and base64 of the HMAC-SHA256; several with spaces between them",
      schema = @Schema(type = SchemaType.STRING))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NotificationBody.class)))
  @APIResponse(
      responseCode = "200",
      description = "Taken, now or before",
      content = @Content(schema = @Schema(implementation = Acknowledgement.class)))
  @APIResponse(responseCode = "401", ref = LedgerDocument.REFUSED)
  public CompletionStage<Acknowledgement> take(@Context HttpHeaders headers, byte[] body) {
    byte[] bytes = body == null ? new byte[0] : body;
    // Cut off behind the limit, so its signature would not fit either; this says why.
    if (bytes.length > JsonBody.LARGEST) {
      throw Refusal.ofStatus(ProblemCode.PAYLOAD_TOO_LARGE.status());
    }
    signature.require(headers, bytes);
    Optional<NotificationBody> told =
        NotificationBody.read(new JsonFields(JsonBody.readForeign(headers, bytes)));
    if (told.isEmpty()) {
      return CompletableFuture.completedStage(new Acknowledgement(true));
    }
    // The header and not the body: that is what a sender repeats, by the standard.
    String id = headers.getRequestHeader(ProcessorSignature.ID).get(0);
    return EventLoop.within(
            LONGEST_SILENCE,
            inbox.submit(told.get().notification(id)),
            () -> Refusal.of(ProblemCode.SERVICE_UNAVAILABLE, "Send the same notification again."))
        .thenApply(finding -> acknowledge(id, finding));
  }

  private static Acknowledgement acknowledge(String id, Finding finding) {
    if (finding == Finding.MISMATCH) {
      LOG.warnf("Notification %s contradicts what is known: see inbox_message", id);
    }
    return new Acknowledgement(true);
  }
}
