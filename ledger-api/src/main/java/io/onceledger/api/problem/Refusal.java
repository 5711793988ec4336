package io.onceledger.api.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends a request with a problem. Nothing was written, unless the code says otherwise. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Who sends a thousand unknown members need not be told of each. */
  private static final int MOST_ERRORS = 20;

  private final ProblemCode code;
  private final transient List<FieldError> errors;
  private final String resource;
  private final Duration retryAfter;

  private Refusal(
      ProblemCode code,
      String detail,
      List<FieldError> errors,
      String resource,
      Duration retryAfter) {
    // An expected answer, not a fault: no stack trace.
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.resource = resource;
    this.retryAfter = retryAfter;
  }

  /** A refusal that says in {@code detail} what to do. */
  public static Refusal of(ProblemCode code, String detail) {
    return new Refusal(code, detail, List.of(), null, code.retryAfter());
  }

  /** A refusal of one request too many; {@code patience} until there is room for it. */
  public static Refusal rateLimited(Duration patience) {
    return new Refusal(
        ProblemCode.RATE_LIMITED,
        "This request was not looked at. Send it again with the same key, and slow down.",
        List.of(),
        null,
        patience);
  }

  /** What the framework refuses by itself, by its status. */
  public static Refusal ofStatus(int status) {
    return switch (status) {
      case 404 -> of(ProblemCode.NOT_FOUND, "Check the path and the id.");
      case 405 -> of(ProblemCode.METHOD_NOT_ALLOWED, "Use one of the methods in Allow.");
      case 406 -> of(ProblemCode.NOT_ACCEPTABLE, "Accept application/json.");
      case 413 -> of(ProblemCode.PAYLOAD_TOO_LARGE, "Send at most 64 KiB.");
      case 415 -> of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      default ->
          status < 500
              ? of(ProblemCode.VALIDATION_ERROR, "The request cannot be read.")
              : of(ProblemCode.INTERNAL_ERROR, "Ask the operator; it is in the log.");
    };
  }

  /** A refusal of fields, each with its reason. */
  public static Refusal invalid(List<FieldError> errors) {
    return new Refusal(
        ProblemCode.VALIDATION_ERROR,
        "Correct the fields under errors.",
        errors.subList(0, Math.min(errors.size(), MOST_ERRORS)),
        null,
        null);
  }

  /** A refusal of one field. */
  public static Refusal invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** A refusal of card data in one field, whose value is not repeated anywhere. */
  public static Refusal sensitive(String pointer) {
    return new Refusal(
        ProblemCode.SENSITIVE_DATA,
        "Send a payment method in place of card data. It was neither stored nor logged.",
        List.of(new FieldError(pointer, "holds card data")),
        null,
        null);
  }

  /** A key that was used for another request: which fields differ, and what the first one made. */
  public static Refusal reused(List<FieldError> differences, String resource) {
    return new Refusal(
        ProblemCode.IDEMPOTENCY_KEY_REUSED,
        "A key names one request for ever. Send the first request again, or use a new key.",
        differences,
        resource,
        null);
  }

  public ProblemCode code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public String resource() {
    return resource;
  }

  /** After which the same request may be sent again; empty when it must be another one. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
