package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Media types")
class MediaTypeRules {
  private final Ledger ledger;

  MediaTypeRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_body_without_a_type_is_refused() {
    refuse(ledger.merchant());
  }

  @EachCase
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "text/html",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/merge-patch+json",
        "application/vnd.api+json",
        "application/problem+json",
        "application/jsonx",
        "application/*",
        "*/*",
        "json",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1"
      })
  void only_application_json_in_utf_8_is_read(String type) {
    refuse(ledger.merchant().header("Content-Type", type));
  }

  @EachCase
  @ValueSource(strings = {"gzip", "deflate", "br"})
  void an_encoded_body_is_refused(String encoding) {
    refuse(
        ledger
            .merchant()
            .header("Content-Type", "application/json")
            .header("Content-Encoding", encoding));
  }

  @EachCase
  @ValueSource(
      strings = {
        "Application/JSON",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\""
      })
  void the_type_is_read_as_http_has_it_in_any_case_with_its_parameter(String type) {
    assertThat(
            ledger
                .merchant()
                .header("Content-Type", type)
                .key(ledger.newKey())
                .body(ChargeJson.GOOD)
                .post("/v1/charges"))
        .isFirstReceipt();
  }

  private void refuse(Request request) {
    String key = ledger.newKey();
    Answer answer = request.key(key).body(ChargeJson.GOOD).post("/v1/charges");
    assertThat(answer).isProblem(415, "unsupported-media-type");
    RefusedBody.leftNothing(ledger, key);
  }
}
