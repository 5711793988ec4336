package io.onceledger.standalone.demo;

/**
 * One intent: a line of the file.
 *
 * @param amount in minor units of the currency
 * @param description empty for none
 */
public record Order(
    String idempotencyKey, long amount, String currency, String paymentMethod, String description) {

  /** The key as a header: bare where it can be, else as an RFC 9651 string. */
  String idempotencyKeyHeader() {
    boolean bare = idempotencyKey.chars().allMatch(c -> c > ' ' && "\"\\,;".indexOf(c) < 0);
    return bare
        ? idempotencyKey
        : '"' + idempotencyKey.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
