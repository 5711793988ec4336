package io.onceledger.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An answer that refuses: RFC 9457, {@code application/problem+json}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
    description = "A refusal (RFC 9457)",
    requiredProperties = {"type", "title", "status", "detail"})
public record Problem(
    @Schema(description = "The reason; the list may grow", examples = "/problems/validation-error")
        String type,
    @Schema(description = "The reason in words") String title,
    @Schema(description = "The status of the answer") int status,
    @Schema(description = "What to do") String detail,
    @Schema(description = "What is wrong with which fields") List<FieldError> errors,
    @Schema(description = "The first resource of a reused idempotency key") String resource) {

  /** Of what {@code refusal} says. */
  public static Problem of(Refusal refusal) {
    ProblemCode code = refusal.code();
    return new Problem(
        code.type(),
        code.title(),
        code.status(),
        refusal.getMessage(),
        refusal.errors(),
        refusal.resource());
  }
}
