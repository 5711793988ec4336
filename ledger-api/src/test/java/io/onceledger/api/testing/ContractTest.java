package io.onceledger.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge: a good exchange passes; each of its parts, when it is wrong, is found. */
class ContractTest {

  private static final String CHARGES = "/v1/charges";
  private static final String JSON = "application/json";
  private static final Map<String, String> LOCATED = Map.of("Location", "/v1/charges/ch_1");

  private static final Map<String, String> APPLIED =
      Map.of("Location", "/v1/charges/ch_1", "Preference-Applied", "wait=10");

  private static Contract contract;
  private static JsonNode examples;
  private static String request;
  private static String receipt;

  @BeforeAll
  static void read() throws IOException {
    byte[] document = Files.readAllBytes(Path.of("openapi.json"));
    contract = new Contract(document);
    examples = new ObjectMapper().readTree(document).at("/components/examples");
    request = example("charge");
    receipt = example("receipt");
  }

  private static String example(String name) {
    return examples.path(name).path("value").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "receipt, 202, application/json",
    "validation-error, 400, application/problem+json",
    "idempotency-key-reused, 422, application/problem+json",
  })
  void the_examples_of_the_document_are_as_documented(String answer, int status, String type) {
    assertThat(
            violations(
                CHARGES,
                request,
                status,
                status == 202 ? LOCATED : Map.of(),
                type,
                example(answer)))
        .isEmpty();
    assertThat(violations(CHARGES, request, 200, APPLIED, JSON, example("settled"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"object\":\"charge\",       |                      | 'object'",
        "\"amount\":1000              | \"amount\":\"1000\"  | /amount",
        "\"amount\":1000              | \"amount\":10.5      | /amount",
        "\"Order 1\"                  | 1                    | /description",
        "\"order\":\"1\"              | \"order\":1          | /metadata",
        "\"pending\"                  | \"paid\"             | /status",
        "2026-11-21T07:00:00.000000Z  | yesterday            | /created_at",
        "\"payment_method\"           | \"paymentMethod\"    | paymentMethod",
      })
  void a_body_that_is_not_as_documented_is_found(String text, String replacement, String told) {
    String wrong = receipt.replace(text, replacement == null ? "" : replacement);
    assertThat(wrong).isNotEqualTo(receipt);

    assertThat(violations(CHARGES, request, 202, LOCATED, JSON, wrong))
        .anyMatch(violation -> violation.contains(told));
  }

  @Test
  void everything_around_the_body_is_found() {
    assertThat(violations(CHARGES, request, 202, Map.of(), JSON, receipt))
        .containsExactly("header Location is missing");
    assertThat(
            violations(
                CHARGES, request, 202, Map.of("Location", "/", "Retry-After", "1"), JSON, receipt))
        .containsExactly("header Retry-After is not documented");
    assertThat(violations(CHARGES, request, 201, LOCATED, JSON, receipt))
        .containsExactly("the status is not documented");
    assertThat(violations(CHARGES, request, 202, LOCATED, "text/html", receipt))
        .containsExactly("content type 'text/html' is not documented");
    assertThat(violations("/v1/payments", request, 202, LOCATED, JSON, receipt))
        .containsExactly("the path is not documented");
    assertThat(violations("/v1/payments", request, 404, Map.of(), JSON, "{}")).isEmpty();
    assertThat(violations(CHARGES, request.replace("1000", "0"), 202, LOCATED, JSON, receipt))
        .singleElement()
        .asString()
        .startsWith("what was accepted is not documented: /amount");
  }

  @Test
  void a_method_that_is_not_documented_is_refused_with_those_that_are() {
    String refusal = example("validation-error").replace("validation-error", "method-not-allowed");
    String problem = "application/problem+json";

    assertThat(violations("/v1/accounts", "", 405, Map.of("Allow", "GET"), problem, refusal))
        .isEmpty();
    assertThat(violations("/v1/accounts", "", 405, Map.of(), problem, refusal))
        .containsExactly("header Allow is missing");
    assertThat(violations("/v1/accounts", "", 404, Map.of(), problem, refusal))
        .containsExactly("the status is not documented");
  }

  private static List<String> violations(
      String path,
      String request,
      int status,
      Map<String, String> headers,
      String type,
      String answer) {
    return contract.violations(
        new Exchange("POST", path, request, status, headers::get, type, answer));
  }
}
