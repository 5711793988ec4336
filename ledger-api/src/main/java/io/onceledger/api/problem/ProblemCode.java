package io.onceledger.api.problem;

import java.util.Locale;

/** What can be wrong with a request, with its status and its title. */
public enum ProblemCode {
  IDEMPOTENCY_KEY_MISSING(400, "The Idempotency-Key header is missing"),
  IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key header is not a key"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  IDEMPOTENCY_KEY_IN_USE(409, "The first delivery of this idempotency key is still being decided"),
  MALFORMED_JSON(400, "The body is not one JSON object"),
  VALIDATION_ERROR(400, "The request is not valid"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is not application/json"),
  NOT_ACCEPTABLE(406, "Only JSON can be answered"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_FOUND(404, "There is no such resource"),
  UNAUTHENTICATED(401, "The API key is missing or not valid"),
  FORBIDDEN(403, "This key may not do that"),
  OVERLOADED(503, "Too many requests are waiting"),
  SERVICE_UNAVAILABLE(503, "The ledger cannot answer now"),
  INTERNAL_ERROR(500, "Something is wrong on our side");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The problem type: a page of the API. */
  public String type() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
