package io.onceledger.api.problem;

import java.util.List;

/** Ends a request with a problem. Nothing was written, unless the code says otherwise. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient List<FieldError> errors;
  private final String resource;

  private Refusal(ProblemCode code, String detail, List<FieldError> errors, String resource) {
    // An expected answer, not a fault: no stack trace.
    super(detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.resource = resource;
  }

  /** A refusal that says in {@code detail} what to do. */
  public static Refusal of(ProblemCode code, String detail) {
    return new Refusal(code, detail, List.of(), null);
  }

  /** A refusal of fields, each with its reason. */
  public static Refusal invalid(List<FieldError> errors) {
    return new Refusal(
        ProblemCode.VALIDATION_ERROR, "Correct the fields under errors.", errors, null);
  }

  /** A refusal of one field. */
  public static Refusal invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** A key that was used for another request: which fields differ, and what the first one made. */
  public static Refusal reused(List<FieldError> differences, String resource) {
    return new Refusal(
        ProblemCode.IDEMPOTENCY_KEY_REUSED,
        "A key names one request for ever. Send the first request again, or use a new key.",
        differences,
        resource);
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
}
