package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Ledger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

@Family
@DisplayName("4 Size and encoding of bodies")
class EncodingRules {
  private static final String BODY = ChargeJson.GOOD;

  private final Ledger ledger;

  EncodingRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void more_than_64_kib_is_too_large_said_beforehand_or_not() {
    String large = BODY + " ".repeat(64 * 1024);
    RefusedBody.delivered(ledger, large, 413, "payload-too-large");
    assertThat(ledger.merchant().key(ledger.newKey()).json(large).chunked().post("/v1/charges"))
        .isProblem(413, "payload-too-large");
  }

  @Test
  void up_to_64_kib_and_without_a_length_a_body_is_read() {
    String padded = BODY + " ".repeat(64 * 1024 - BODY.length());
    assertThat(ledger.charge(ledger.newKey(), padded)).isFirstReceipt();
    assertThat(ledger.merchant().key(ledger.newKey()).json(BODY).chunked().post("/v1/charges"))
        .isFirstReceipt();
  }

  static Stream<Charset> otherCharsets() {
    return Stream.of(
        StandardCharsets.UTF_16,
        StandardCharsets.UTF_16BE,
        StandardCharsets.UTF_16LE,
        Charset.forName("UTF-32"));
  }

  @EachCase
  @MethodSource("otherCharsets")
  void only_utf_8_is_read(Charset charset) {
    assertMalformed(BODY.getBytes(charset));
  }

  @Test
  void invalid_utf_8_is_malformed() {
    String described = ChargeJson.with("description", "\"\u00e9\"");
    assertMalformed(described.getBytes(StandardCharsets.ISO_8859_1));
    // An overlong slash, half a surrogate pair, and a character cut in two.
    assertMalformed(
        described.replace("\u00e9", "\u00c0\u00af").getBytes(StandardCharsets.ISO_8859_1));
    assertMalformed(
        described.replace("\u00e9", "\u00ed\u00a0\u0080").getBytes(StandardCharsets.ISO_8859_1));
    assertMalformed(
        described.replace("\u00e9", "\u00f0\u009f\u0098").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void assertMalformed(byte[] body) {
    String key = ledger.newKey();
    assertThat(
            ledger
                .merchant()
                .key(key)
                .header("Content-Type", "application/json")
                .body(body)
                .post("/v1/charges"))
        .isProblem(400, "malformed-json");
    RefusedBody.leftNothing(ledger, key);
  }
}
