package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Others may charge meanwhile: only what this rule itself has made is compared. */
@Family
@DisplayName("4 Lists")
class ListRules {
  private final Ledger ledger;

  ListRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_list_is_newest_first_and_as_long_as_its_limit() {
    List<Answer> made = charges(3);

    Answer list = ledger.merchant().get("/v1/charges?limit=2&created_from=" + created(made.get(0)));

    assertThat(list)
        .hasStatus(200)
        .isJson()
        .expect(list.json().path("data").size() == 2, "2 charges under data")
        .expect(!list.text("next_cursor").isEmpty(), "a next_cursor, as there are more");
    Answer all =
        ledger.merchant().get("/v1/charges?limit=100&created_from=" + created(made.get(0)));
    Assertions.assertThat(ours(ids(all), made)).isEqualTo(newestFirst(made));
  }

  @Test
  void a_page_has_20_unless_told_and_the_last_one_has_no_cursor() {
    Answer made = charges(21).get(20);

    Answer usual = ledger.merchant().get("/v1/charges");
    Answer one =
        ledger.merchant().get("/v1/charges?idempotency_key=" + made.text("idempotency_key"));

    assertThat(usual).hasStatus(200).expect(ids(usual).size() == 20, "20 charges");
    assertThat(one)
        .hasStatus(200)
        .expect(ids(one).equals(List.of(made.text("id"))), "the one charge of the key")
        .expect(
            one.json().has("next_cursor") && one.json().path("next_cursor").isNull(),
            "next_cursor null");
  }

  @Test
  void pages_joined_are_exact_while_charges_are_made() {
    List<Answer> made = charges(7);
    String from = created(made.get(0));
    String filter = "/v1/charges?limit=2&created_from=" + from;
    List<String> joined = new ArrayList<>();

    Answer page = ledger.merchant().get(filter);
    joined.addAll(ids(page));
    List<Answer> meanwhile = new ArrayList<>();
    while (!page.text("next_cursor").equals("null") && page.json().hasNonNull("next_cursor")) {
      meanwhile.addAll(charges(1));
      page = ledger.merchant().get(filter + "&cursor=" + encoded(page.text("next_cursor")));
      assertThat(page).hasStatus(200);
      joined.addAll(ids(page));
    }

    Assertions.assertThat(joined).as("pages joined").doesNotHaveDuplicates();
    Assertions.assertThat(ours(joined, made)).as("pages joined").isEqualTo(newestFirst(made));
    Assertions.assertThat(ours(joined, meanwhile))
        .as("charges made after the first page, on later pages")
        .isEmpty();
  }

  @Test
  void filters_select_by_key_status_and_time_from_inclusive_to_exclusive() {
    List<Answer> made = charges(3);
    Settled.charge(ledger, made.get(1).text("idempotency_key"), ChargeJson.GOOD);
    String from = created(made.get(1));
    String to = created(made.get(2));
    List<Answer> second = List.of(made.get(1));

    Assertions.assertThat(ours(list("created_from=" + from + "&created_to=" + to), made))
        .as("[created_from, created_to)")
        .isEqualTo(newestFirst(second));
    Assertions.assertThat(
            ours(list("status=succeeded&created_from=" + from + "&created_to=" + to), made))
        .as("the one that succeeded")
        .isEqualTo(newestFirst(second));
    Assertions.assertThat(list("idempotency_key=" + ledger.newKey()))
        .as("charges under a key that was never sent")
        .isEmpty();
    Assertions.assertThat(
            list("status=declined&idempotency_key=" + made.get(1).text("idempotency_key")))
        .as("filters hold together")
        .isEmpty();
  }

  private List<Answer> charges(int count) {
    List<Answer> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Answer first = ledger.charge(ledger.newKey(), ChargeJson.GOOD);
      assertThat(first).isFirstReceipt();
      made.add(first);
    }
    return made;
  }

  private List<String> list(String query) {
    Answer list = ledger.merchant().get("/v1/charges?limit=100&" + query);
    assertThat(list).hasStatus(200);
    return ids(list);
  }

  private static List<String> ids(Answer list) {
    List<String> ids = new ArrayList<>();
    for (JsonNode charge : list.json().path("data")) {
      ids.add(charge.path("id").asText());
    }
    return ids;
  }

  private static List<String> ours(List<String> ids, List<Answer> made) {
    List<String> ours = made.stream().map(answer -> answer.text("id")).toList();
    return ids.stream().filter(ours::contains).toList();
  }

  private static List<String> newestFirst(List<Answer> made) {
    List<String> ids = new ArrayList<>();
    made.forEach(answer -> ids.add(0, answer.text("id")));
    return ids;
  }

  private static String created(Answer charge) {
    return encoded(charge.text("created_at"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
