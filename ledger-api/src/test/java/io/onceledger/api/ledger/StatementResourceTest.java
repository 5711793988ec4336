package io.onceledger.api.ledger;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestEntries;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class StatementResourceTest {

  private static final String PAYABLE = "/v1/accounts/merchant_payable/USD";

  LedgerDatabase database;

  /** Of a merchant of this test's own: other tests have their charges in the same database. */
  private String apiKey;

  private UUID merchant;

  @BeforeEach
  void a_new_merchant() throws SQLException {
    apiKey = "sk_test_" + newKey().replace('-', '_');
    merchant = database.merchant(apiKey, 290, 30);
    three_charges();
  }

  /** Of 1000 each, less a fee of 59: two entries of the account for each charge. */
  private void three_charges() throws SQLException {
    for (int i = 0; i < 3; i++) {
      charge();
      Processor.approveAll(database);
    }
  }

  @Test
  void an_account_stands_where_its_list_says() {
    JsonPath listed = as(apiKey).get("/v1/accounts").jsonPath();
    JsonPath now = get(PAYABLE);

    assertThat(now.getMap("$"))
        .containsAllEntriesOf(listed.getMap("data.find { it.account == 'merchant_payable' }"));
    assertThat(now.getString("at")).isNull();
    assertThat(now.getString("stable_until")).endsWith("Z");
  }

  @Test
  void at_an_instant_everything_up_to_and_including_it_counts_and_stays_as_it_is()
      throws SQLException {
    TestEntries.close(database);
    List<JsonPath> answers = new ArrayList<>();
    List<String> instants = database.column(INSTANTS, merchant);
    for (String at : instants) {
      JsonPath answer = get(PAYABLE + "?at=" + at);
      Instant instant = Instant.parse(at);
      assertThat(answer.getLong("balance")).isEqualTo(database.number(BALANCE, merchant, at));
      assertThat(get(PAYABLE + "?at=" + instant.plusNanos(999)).getLong("balance"))
          .isEqualTo(database.number(BALANCE, merchant, at));
      assertThat(get(PAYABLE + "?at=" + instant.minus(1, ChronoUnit.MICROS)).getLong("balance"))
          .isLessThan(answer.getLong("balance"));
      assertThat(Instant.parse(answer.getString("stable_until"))).isAfter(instant);
      answers.add(answer);
    }

    three_charges();

    for (int i = 0; i < instants.size(); i++) {
      assertThat(get(PAYABLE + "?at=" + instants.get(i)).getLong("balance"))
          .isEqualTo(answers.get(i).getLong("balance"));
    }
    for (String far : List.of("2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
      assertThat(get(PAYABLE + "?at=" + far).getLong("balance"))
          .isEqualTo(get(PAYABLE).getLong("balance"));
      assertThat(get(PAYABLE + "/statement?from=" + far).getList("entries")).isEmpty();
    }
  }

  @Test
  void a_statement_adds_up_whatever_its_period_and_page() {
    List<String> instants = database.column(INSTANTS, merchant);
    String from = instants.get(1);
    String to = instants.get(instants.size() - 1);
    List<Long> amounts = new ArrayList<>();
    List<String> times = new ArrayList<>();
    String period = PAYABLE + "/statement?limit=1&from=" + from + "&to=" + to;
    JsonPath page = get(period);
    JsonPath first = page;
    while (true) {
      for (int i = 0; i < page.getList("entries").size(); i++) {
        String entry = "entries[" + i + "].";
        long amount = page.getLong(entry + "amount");
        amounts.add(
            page.getString(entry + "credit_account").equals("merchant_payable") ? amount : -amount);
        times.add(page.getString(entry + "posted_at"));
      }
      if (page.getString("next_cursor") == null) {
        break;
      }
      page = get(period + "&cursor=" + page.getString("next_cursor"));
    }

    assertThat(times).isSorted().contains(from).doesNotContain(to);
    long sum = amounts.stream().mapToLong(Long::longValue).sum();
    assertThat(first.getLong("closing")).isEqualTo(first.getLong("opening") + sum);
    assertThat(first.getLong("credits") - first.getLong("debits")).isEqualTo(sum);
    assertThat(first.getLong("opening"))
        .isEqualTo(
            database.number(
                BALANCE, merchant, Instant.parse(from).minus(1, ChronoUnit.MICROS).toString()));
  }

  @Test
  void a_statement_of_everything_comes_to_the_balance() {
    as(apiKey)
        .get(PAYABLE + "/statement")
        .then()
        .statusCode(200)
        .body("object", equalTo("statement"))
        .body("from", nullValue())
        .body("opening", equalTo(0))
        .body("closing", equalTo(get(PAYABLE).getInt("balance")));
  }

  @Test
  void who_names_no_form_gets_json() {
    as(apiKey)
        .header("Accept", "")
        .get(PAYABLE + "/statement")
        .then()
        .statusCode(200)
        .contentType("application/json");
  }

  @Test
  void an_accept_with_an_empty_value_gets_json() {
    for (String accept : List.of("text/csv;a=", "application/json;a=")) {
      as(apiKey)
          .header("Accept", accept)
          .get(PAYABLE + "/statement")
          .then()
          .statusCode(200)
          .contentType("application/json");
    }
  }

  @Test
  void a_file_has_every_entry_with_the_balance_after_it_closed_or_not() {
    TestEntries.close(database);
    charge();
    approve();
    String[] lines =
        as(apiKey)
            .accept("text/csv")
            .get(PAYABLE + "/statement")
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Vary", containsString("Accept"))
            .extract()
            .asString()
            .split("\r\n");

    assertThat(lines).hasSize(3 + (int) database.number(ENTRIES, merchant));
    assertThat(lines[0]).startsWith("posted_at,kind,entry,");
    assertThat(lines[1]).isEqualTo(",opening,,,,,,,0,USD,");
    long balance = 0;
    for (String line : List.of(lines).subList(2, lines.length - 1)) {
      String[] cells = line.split(",", -1);
      balance += number(cells[7]) - number(cells[6]);
      assertThat(cells[8]).isEqualTo(String.valueOf(balance));
    }
    assertThat(lines[lines.length - 1])
        .startsWith(",closing,,,,,,," + get(PAYABLE).getLong("balance") + ",USD,2");
  }

  @Test
  void a_file_of_a_closed_period_is_the_same_for_ever() {
    TestEntries.close(database);
    String to = get(PAYABLE).getString("stable_until");
    String before = withoutStableUntil(to);

    charge();
    approve();
    TestEntries.close(database);

    assertThat(withoutStableUntil(to)).isEqualTo(before);
  }

  @Test
  void what_a_merchant_has_not_used_stands_at_zero() {
    as(apiKey)
        .get("/v1/accounts/settlement_bank/JPY?at=2026-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("type", equalTo("asset"))
        .body("balance", equalTo(0));
    as(apiKey)
        .get("/v1/accounts/settlement_bank/JPY/statement")
        .then()
        .statusCode(200)
        .body("entries", empty());
  }

  @Test
  void a_merchant_sees_its_own_accounts_only() {
    String another = "sk_test_" + newKey().replace('-', '_');
    database.merchant(another, 0, 0);
    as(another)
        .get(PAYABLE + "/statement")
        .then()
        .statusCode(200)
        .body("entries", empty())
        .body("closing", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/accounts/cash/USD", "/v1/accounts/merchant_payable/usd",
        "/v1/accounts/merchant_payable/XXZ", "/v1/accounts/merchant_payable/USDX/statement",
        "/v1/accounts/MERCHANT_PAYABLE/USD/statement"
      })
  void there_is_no_such_account(String path) {
    as(apiKey).get(path).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?at=yesterday",
        "?at=2026-01-01",
        "?from=2026-01-01T00:00:00Z",
        "/statement?at=x",
        "/statement?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "/statement?limit=0",
        "/statement?cursor=x",
        "/statement?limit=101"
      })
  void a_parameter_that_is_none_is_refused(String query) {
    as(apiKey).get(PAYABLE + query).then().statusCode(400);
  }

  @Test
  void a_cell_that_a_spreadsheet_would_run_is_text() {
    assertThat(List.of("=1+1", "+1", "-1", "@x", "\tx", "charge", ""))
        .extracting(StatementCsv::text)
        .containsExactly("'=1+1", "'+1", "'-1", "'@x", "'\tx", "charge", "");
  }

  @Test
  void the_operator_sees_how_far_the_books_are_closed() throws SQLException {
    TestEntries.close(database);
    TestEntries.audit(database);

    asOperator()
        .get("/v1/ops/closing")
        .then()
        .statusCode(200)
        .body("entries", equalTo((int) database.number("SELECT count(*) FROM ledger_entry")))
        .body("head_hash", equalTo(database.column(HEAD).get(0)))
        .body("lag_seconds", lessThan(60));
    as(apiKey).get("/v1/ops/closing").then().statusCode(403);
  }

  private String withoutStableUntil(String to) {
    String file =
        as(apiKey)
            .accept("text/csv")
            .get(PAYABLE + "/statement?to=" + to)
            .then()
            .extract()
            .asString();
    return file.substring(0, file.lastIndexOf(','));
  }

  private void charge() {
    as(apiKey)
        .header("Idempotency-Key", newKey())
        .contentType("application/json")
        .body(GOOD)
        .post("/v1/charges")
        .then()
        .statusCode(202);
  }

  private void approve() {
    try {
      Processor.approveAll(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(String cell) {
    return cell.isEmpty() ? 0 : Long.parseLong(cell);
  }

  private JsonPath get(String path) {
    return as(apiKey).get(path).then().statusCode(200).extract().jsonPath();
  }

  private static final String OWN =
      " FROM ledger_entry WHERE merchant_id = ?"
          + " AND 'merchant_payable' IN (debit_account, credit_account) AND currency = 'USD'";

  private static final String INSTANTS =
      "SELECT DISTINCT to_char(posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
          + OWN
          + " ORDER BY 1";

  private static final String ENTRIES = "SELECT count(*)" + OWN;

  private static final String BALANCE =
      "SELECT coalesce(sum(CASE credit_account WHEN 'merchant_payable' THEN amount ELSE -amount"
          + " END), 0)"
          + OWN
          + " AND posted_at <= ?::timestamptz";

  private static final String HEAD =
      "SELECT encode(hash, 'hex') FROM ledger_block ORDER BY n DESC LIMIT 1";
}
