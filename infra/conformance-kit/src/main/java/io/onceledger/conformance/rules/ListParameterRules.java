package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.onceledger.conformance.http.Ledger;
import java.net.URLEncoder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Parameters and cursors of lists")
class ListParameterRules {
  private final Ledger ledger;

  ListParameterRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @EachCase
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=abc",
        "limit=",
        "limit=1.0",
        "limit=%2B5",
        "limit=1&limit=1",
        "limit=1&limit=2",
        "unknown=1",
        "Limit=1",
        "cursor=",
        "cursor=x",
        "cursor=AAAA",
        "created_from=2026-11-21",
        "created_from=2026-11-21T00:00:00",
        "created_from=yesterday",
        "created_from=1700000000",
        "created_to=",
        "created_from=2026-11-21T00:00:00Z&created_to=2026-11-20T00:00:00Z",
        "created_from=2026-11-20T00:00:00Z&created_from=2026-11-20T00:00:00Z",
        "status=paid",
        "status=",
        "status=Succeeded",
        "status=pending&status=pending",
        "idempotency_key=",
        "idempotency_key=%00"
      })
  void what_a_list_does_not_know_is_refused(String query) {
    assertThat(ledger.merchant().get("/v1/charges?" + query))
        .isProblem(400, "validation-error")
        .hasErrors();
  }

  @EachCase
  @ValueSource(strings = {"limit=0", "limit=101", "unknown=1", "cursor=x", "from=2026-11-21"})
  void the_list_of_entries_is_as_strict(String query) {
    assertThat(ledger.merchant().get("/v1/entries?" + query))
        .isProblem(400, "validation-error")
        .hasErrors();
  }

  @Test
  void a_cursor_that_was_tampered_with_is_refused() {
    String cursor = cursor();

    // Not the last one: the bits of it that fill up base64 may mean nothing.
    for (int i = 0; i < cursor.length() - 1; i += 3) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      refuse("limit=1", cursor.substring(0, i) + other + cursor.substring(i + 1));
    }
    refuse("limit=1", cursor.substring(1));
    refuse("limit=1", cursor + "A");
  }

  @Test
  void a_cursor_belongs_to_its_list_and_its_filters() {
    String cursor = cursor();

    assertThat(ledger.merchant().get("/v1/charges?limit=1&cursor=" + encoded(cursor)))
        .hasStatus(200);
    refuse("status=succeeded", cursor);
    refuse("created_from=2020-01-01T00:00:00Z", cursor);
    assertThat(ledger.merchant().get("/v1/entries?cursor=" + encoded(cursor)))
        .isProblem(400, "validation-error")
        .hasErrors();
  }

  private void refuse(String query, String cursor) {
    assertThat(ledger.merchant().get("/v1/charges?" + query + "&cursor=" + encoded(cursor)))
        .isProblem(400, "validation-error")
        .hasErrors();
  }

  private String cursor() {
    ledger.charge(ledger.newKey(), ChargeJson.GOOD);
    ledger.charge(ledger.newKey(), ChargeJson.GOOD);
    return ledger.merchant().get("/v1/charges?limit=1").text("next_cursor");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
