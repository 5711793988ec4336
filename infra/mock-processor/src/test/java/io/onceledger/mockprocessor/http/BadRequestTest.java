package io.onceledger.mockprocessor.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {
  private static final String GOOD =
      "{'amount':1000,'currency':'USD','payment_method':'pm_card_visa','reference':'ch_1'}";

  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void a_request_without_key_or_merchant_is_refused() {
    Answer noKey = processor.send(post().header("Merchant-Account", "m"));
    Answer noMerchant = processor.send(post().header("Idempotency-Key", "k"));

    assertThat(noKey.status()).isEqualTo(400);
    assertThat(noKey.error()).isEqualTo("idempotency_key_missing");
    assertThat(noMerchant.status()).isEqualTo(400);
    assertThat(noMerchant.error()).isEqualTo("merchant_account_missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,b", "\"a", "\"\"", "a\"b"})
  void an_invalid_key_is_refused(String key) {
    Answer refused = processor.pay(key);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("idempotency_key_invalid");
    assertThat(processor.effects()).isZero();
  }

  @Test
  void two_keys_are_refused_even_if_equal() {
    Answer refused =
        processor.send(processor.payment("k", "pm_card_visa").header("Idempotency-Key", "k"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("idempotency_key_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "1", "{", "{'amount':1", "{} {}", "{}x", "{'amount':01}"})
  void a_body_that_is_no_json_object_is_refused(String body) {
    Answer refused = processor.send(processor.effect("/payments", "k", body));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isIn("malformed_json", "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'amount':1000, 'amount':0",
        "'amount':1000, 'amount':-1",
        "'amount':1000, 'amount':10.0",
        "'amount':1000, 'amount':'1000'",
        "'amount':1000, 'amount':null",
        "'amount':1000, 'amount':100000000000",
        "'amount':1000, 'amount':9223372036854775808",
        "'amount':1000, 'other':1",
        "'currency':'USD', 'currency':'usd'",
        "'currency':'USD', 'currency':'USDX'",
        "'currency':'USD', 'currency':null",
        "'currency':'USD', 'other':1",
        "'payment_method':'pm_card_visa', 'payment_method':''",
        "'payment_method':'pm_card_visa', 'other':1",
        "'reference':'ch_1', 'reference':1",
        "'reference':'ch_1', 'other':1",
      })
  void a_member_that_is_missing_or_wrong_is_refused_by_name(String good, String bad) {
    Answer refused = processor.send(processor.effect("/payments", "k", GOOD.replace(good, bad)));

    String member = good.substring(1, good.indexOf(':') - 1);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("invalid_request");
    assertThat(refused.body().path("error").path("message").textValue()).startsWith(member);
    assertThat(processor.pay("k").status()).as("the key is free").isEqualTo(201);
  }

  @Test
  void a_member_given_twice_is_refused() {
    String twice = GOOD.replace("{", "{'amount':1000,");

    assertThat(processor.send(processor.effect("/payments", "k", twice)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/payments", "/refunds", "/payments/cancel", "/faults"})
  void a_body_over_64_kib_is_refused(String path) {
    HttpRequest.Builder request =
        path.equals("/faults")
            ? processor.request(path).PUT(BodyPublishers.ofString(" ".repeat(65_537)))
            : processor.effect(path, "k", " ".repeat(65_537));

    Answer refused = processor.send(request);

    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.error()).isEqualTo("payload_too_large");
  }

  @Test
  void a_body_of_64_kib_is_read() {
    String body = GOOD + " ".repeat(65_536 - GOOD.length());

    assertThat(processor.send(processor.effect("/payments", "k", body)).status()).isEqualTo(201);
  }

  @Test
  void an_unknown_path_is_404_in_json() {
    assertThat(processor.get("/").status()).isEqualTo(404);
    assertThat(processor.get("/payments/1").error()).isEqualTo("unknown_path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /payments         | GET, POST",
        "GET    | /payments/cancel  | POST",
        "POST   | /faults           | GET, PUT",
        "PUT    | /journal          | GET",
        "PUT    | /journal/summary  | GET",
        "POST   | /settlements/2026-01-01 | GET",
      })
  void another_method_is_405_with_allow(String method, String path, String allowed) {
    Answer refused =
        processor.send(processor.request(path).method(method, BodyPublishers.noBody()));

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.error()).isEqualTo("method_not_allowed");
    assertThat(refused.response().headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void a_query_that_is_not_percent_encoded_is_refused() throws IOException {
    // By hand, since no HTTP client sends this.
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), processor.port())) {
      String request = "GET /payments?merchant_account=%zz HTTP/1.0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).contains(" 400 ", "invalid_query");
    }
  }

  @Test
  void what_cannot_be_read_is_counted_as_a_request() {
    processor.send(post());
    processor.send(processor.effect("/refunds", "k", "{"));

    assertThat(processor.summary().path("requests").intValue()).isEqualTo(2);
    assertThat(processor.text("/journal").lines()).hasSize(2);
  }

  private HttpRequest.Builder post() {
    return processor
        .request("/payments")
        .POST(BodyPublishers.ofString(RunningProcessor.json(GOOD)));
  }
}
