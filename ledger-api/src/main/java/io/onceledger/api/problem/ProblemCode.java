package io.onceledger.api.problem;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be wrong with a request: status, title, cause, and what to do about it. */
public enum ProblemCode {
  MALFORMED_REQUEST(
      400,
      "The request is not HTTP that can be trusted",
      "The request line, a header, the length or a chunk of the body breaks RFC 9112, or could be"
          + " read in two ways. The connection is closed, because nobody knows where the next"
          + " request begins.",
      "Use an HTTP library, and look at what a proxy before us makes of the request."),
  REQUEST_TIMEOUT(
      408,
      "The request took too long to arrive",
      "Between the first and the last byte of a request lie more than the seconds that are allowed."
          + " Nothing was done. The connection is closed.",
      "Send the same request with the same key again, on a new connection."),
  URI_TOO_LONG(
      414,
      "The request line is too long",
      "No path or query of this API comes near the limit.",
      "Shorten the query."),
  HEADERS_TOO_LARGE(
      431,
      "The headers are too large",
      "All headers together may have 16 KiB.",
      "Send fewer or shorter headers; an idempotency key has at most 255 characters."),
  IDEMPOTENCY_KEY_MISSING(
      400,
      "The Idempotency-Key header is missing",
      "A request that moves money was sent without a name for its intent, so a repeat of it could"
          + " not be told from a second intent.",
      "Make a key of your own, such as a UUID, store it with your order before the first send, and"
          + " send it with every repeat."),
  IDEMPOTENCY_KEY_INVALID(
      400,
      "The Idempotency-Key header is not a key",
      "The header was sent twice, or its value is neither a quoted string of 1 to 255 printable"
          + " ASCII characters (RFC 9651) nor a bare token of 1 to 255 visible ASCII characters"
          + " without quote, backslash, comma and semicolon.",
      "Send the header once, with a value such as a UUID. This request used no key."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The idempotency key was used for another request",
      "A key names one request for ever. This one differs from the first request in the fields"
          + " under errors; the resource that the first one made is under resource.",
      "If you meant the first request, send it unchanged: you will get its receipt. If this is a"
          + " new intent, such as another card after a decline, give it a key of its own."),
  INVALID_STATE(
      422,
      "The present state does not allow that",
      "What was asked for contradicts what has happened already: a final status is never changed,"
          + " and only what is parked is redriven. The present status is in the detail. Nothing was"
          + " written.",
      "Read the resource again and decide anew. Where you meant what is decided already, there is"
          + " nothing left to do."),
  REFUND_EXCEEDS_CHARGE(
      422,
      "More than is left of the charge",
      "All refunds of a charge that are neither declined nor canceled together never exceed it; the"
          + " ones still under way count. Nothing was written.",
      "Ask for at most what is left, which is in the detail, or send no amount to get exactly that."
          + " The key is still free."),
  IDEMPOTENCY_KEY_IN_USE(
      409,
      "The first delivery of this idempotency key is still being decided",
      "Another delivery of the same key has begun and its commit could not be awaited. This is the"
          + " only meaning of 409.",
      "Send the same request with the same key again after the seconds in Retry-After."),
  MALFORMED_JSON(
      400,
      "The body is not one JSON object",
      "The body is empty, is not UTF-8, is not JSON (RFC 8259), is not an object, has a member"
          + " twice, is nested too deeply, or something follows the object.",
      "Send one JSON object as your library writes it. This request used no key."),
  VALIDATION_ERROR(
      400,
      "The request is not valid",
      "Each entry of errors names a field by its JSON pointer, or a parameter of the query by"
          + " /name, and says what it must be. Nothing is converted: 10.0 and \"10\" are not"
          + " integers.",
      "Correct the fields under errors and send it again; this request used no key."),
  SENSITIVE_DATA(
      400,
      "The request holds card data",
      "A text looks like a card number: a network's prefix and length, and a right check digit. Or"
          + " there is a card object. Card data must never reach this ledger; it was neither stored"
          + " nor logged.",
      "Give the card to your processor's vault and send the payment method that it returns. This"
          + " request used no key."),
  PAYLOAD_TOO_LARGE(
      413,
      "The body is too large",
      "A body may have 64 KiB.",
      "Shorten description and metadata. This request used no key."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The body is not application/json",
      "Content-Type is missing or something else than application/json in UTF-8, or the body is"
          + " compressed.",
      "Send Content-Type: application/json, and no Content-Encoding. This request used no key."),
  NOT_ACCEPTABLE(
      406,
      "Only JSON can be answered",
      "The Accept header excludes application/json.",
      "Send Accept: application/json, or none."),
  METHOD_NOT_ALLOWED(
      405,
      "The method is not allowed here",
      "The path exists, but not with this method.",
      "Use one of the methods in the Allow header; /openapi describes them."),
  NOT_FOUND(
      404,
      "There is no such resource",
      "The path is unknown, or the id is not one of yours. Whether it is somebody else's is not"
          + " told.",
      "Check the path and the id."),
  UNAUTHENTICATED(
      401,
      "The API key is missing or not valid",
      "There is no Authorization header, more than one, another scheme than Bearer, or a key that"
          + " was never given out or is revoked.",
      "Send Authorization: Bearer <your key>. A key never goes into a URL."),
  INVALID_SIGNATURE(
      401,
      "The notification is not signed as it must be",
      "A header of Standard Webhooks is missing or there twice, the timestamp is more than five"
          + " minutes off, or no signature fits id, timestamp and body with a secret of ours. Or"
          + " this ledger was given no secret. Nothing was read.",
      "Sign the bytes that you send, at each try anew with the time of that try and the same id."
          + " Check the secret on both sides, and the clock."),
  FORBIDDEN(
      403,
      "This key may not do that",
      "Merchants' keys open merchants' routes, operators' keys open /v1/ops and /v1/merchants.",
      "Use the other kind of key."),
  RATE_LIMITED(
      429,
      "Too many requests",
      "The merchant has sent more requests per second than its limit. This one was not"
          + " looked at: whether its idempotency key is in use is not known.",
      "Send the same request again after the seconds in Retry-After, and slow down."),
  OVERLOADED(
      503,
      "Too many requests are waiting",
      "The queue before the database is full. This one was not looked at: whether its"
          + " idempotency key is in use is not known.",
      "Send the same request with the same key again after the seconds in Retry-After, and then"
          + " less often."),
  SERVICE_UNAVAILABLE(
      503,
      "The ledger cannot answer now",
      "The database cannot be reached, or the answer to a commit was lost. Whether anything was"
          + " done is not known; it is never half-done.",
      "Send the same request with the same key again after the seconds in Retry-After, until it is"
          + " answered otherwise: the key tells the truth. Never use a new key for it."),
  NOT_IMPLEMENTED(
      501,
      "The method is not implemented",
      "CONNECT asks for a proxy, and this is none.",
      "Check the settings of your client or its proxy."),
  INTERNAL_ERROR(
      500,
      "Something is wrong on our side",
      "A fault in the ledger itself. The operator finds it in the log.",
      "Ask the operator. To repeat the request with the same key is safe.");

  /** A commit takes milliseconds: a second is long enough for whatever is in the way to pass. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final int status;
  private final String title;
  private final String cause;
  private final String remedy;

  ProblemCode(int status, String title, String cause, String remedy) {
    this.status = status;
    this.title = title;
    this.cause = cause;
    this.remedy = remedy;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Why it is answered. */
  String cause() {
    return cause;
  }

  /** What the client should do. */
  String remedy() {
    return remedy;
  }

  /** After which the same request may be sent again; null when it must be another one. */
  Duration retryAfter() {
    return status == 503 || status == 409 || status == 429 ? SOON : null;
  }

  /** The last part of the problem type. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem type: a page of the API, see {@link ProblemPages}. */
  public String type() {
    return ProblemPages.PATH + "/" + text();
  }

  /** The code with this {@link #text}. */
  static Optional<ProblemCode> parse(String text) {
    return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
  }
}
