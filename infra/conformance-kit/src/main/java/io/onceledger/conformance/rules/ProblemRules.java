package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Problems")
class ProblemRules {
  private final Ledger ledger;

  ProblemRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Arguments> missing() {
    return Stream.of("/v1/charges/ch_x", "/v1/charges/x", "/v1/charges/%20", "/v1/nothing")
        .map(Arguments::of);
  }

  @EachCase
  @MethodSource("missing")
  void what_is_not_there_is_a_404(String path) {
    assertThat(ledger.merchant().get(path)).isProblem(404, "not-found");
  }

  @Test
  void an_id_that_was_never_given_is_a_404() {
    String location = ledger.charge(ledger.newKey(), ChargeJson.GOOD).location();

    assertThat(ledger.merchant().get(Ids.neverGiven(location))).isProblem(404, "not-found");
  }

  @EachCase
  @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
  void another_method_on_a_known_path_is_a_405_that_says_which_are_allowed(String method) {
    Answer list = ledger.merchant().send(method, "/v1/charges");
    Answer charge = ledger.merchant().send(method, "/v1/charges/ch_x");

    assertThat(list)
        .isProblem(405, "method-not-allowed")
        .expect(allows(list, "GET") && allows(list, "POST"), "Allow with GET and POST");
    assertThat(charge)
        .isProblem(405, "method-not-allowed")
        .expect(allows(charge, "GET") && !allows(charge, "POST"), "Allow with GET, without POST");
  }

  static Stream<Arguments> codes() {
    return Stream.of(
            "unauthenticated",
            "forbidden",
            "idempotency-key-missing",
            "idempotency-key-invalid",
            "idempotency-key-reused",
            "idempotency-key-in-use",
            "unsupported-media-type",
            "payload-too-large",
            "malformed-json",
            "validation-error",
            "sensitive-data",
            "not-found",
            "not-acceptable",
            "method-not-allowed",
            "overloaded",
            "service-unavailable")
        .map(Arguments::of);
  }

  @EachCase
  @MethodSource("codes")
  void the_type_of_a_problem_is_a_page_that_explains_it_to_anyone(String code) {
    Answer page = ledger.stranger().get("/problems/" + code);

    assertThat(page).hasStatus(200).expect(page.body().length() > 20, "a page about " + code);
  }

  @Test
  void a_problem_is_never_html_not_even_for_who_accepts_nothing_else() {
    for (Request caller : List.of(ledger.merchant(), ledger.stranger(), ledger.operator())) {
      caller.header("Accept", "text/html");
      assertThat(caller.get("/v1/charges/ch_x")).isNotHtml();
      assertThat(caller.post("/v1/charges")).isNotHtml();
      assertThat(caller.send("PUT", "/v1/charges")).isNotHtml();
      assertThat(caller.get("/v1/charges?limit=0")).isNotHtml();
      assertThat(caller.get("/v1/nothing")).isNotHtml();
    }
  }

  @Test
  void whoever_accepts_only_html_gets_no_html_and_may_repeat_with_the_same_key() {
    String key = ledger.newKey();

    Answer answer =
        ledger
            .merchant()
            .key(key)
            .header("Accept", "text/html")
            .json(ChargeJson.GOOD)
            .post("/v1/charges");

    assertThat(answer).isNotHtml();
    if (answer.status() == 202) {
      assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(answer);
    } else {
      assertThat(answer).isProblem(406, "not-acceptable");
      assertThat(ledger.charge(key, ChargeJson.GOOD)).isFirstReceipt();
    }
  }

  @Test
  void nothing_that_was_sent_comes_back_as_it_was() {
    assertThat(ledger.charge(ledger.newKey(), "<script>alert(1)</script>"))
        .isProblem(400, "malformed-json")
        .doesNotEcho("<script>");
    assertThat(ledger.charge(ledger.newKey(), ChargeJson.with("currency", "\"<script>secret\"")))
        .isProblem(400, "validation-error")
        .doesNotEcho("<script>", "secret");
  }

  private static boolean allows(Answer answer, String method) {
    return answer
        .header("Allow")
        .filter(allow -> List.of(allow.split("\\s*,\\s*")).contains(method))
        .isPresent();
  }
}
