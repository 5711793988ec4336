package io.onceledger.api.reconciliation;

import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Parking;
import io.onceledger.api.testing.Reconciling;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestReport;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ReconciliationResourceTest {

  private static final String PATH = "/v1/ops/reconciliations";
  private static final String DAY = "2025-11-20";

  LedgerDatabase database;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  private UUID merchant;

  @BeforeEach
  void nothing_is_open() {
    merchant =
        UUID.fromString(
            database
                .column(
                    "SELECT merchant_id FROM api_key WHERE hash = sha256(convert_to(?, 'UTF8'))",
                    LedgerUnderTest.MERCHANT_KEY)
                .get(0));
    database.execute(
        "DELETE FROM reconciliation; DELETE FROM reconciliation_difference;"
            + " DELETE FROM settlement_rejection; DELETE FROM settlement_import;"
            // Their entries stay, the books being append-only, and so do they: of another day, and
            // under names that no test has.
            + " UPDATE settlement_line SET report_date = '2000-01-01', payment = id");
  }

  @AfterEach
  void the_books_are_right() {
    asOperator().get("/v1/ops/invariants").then().body("violations", empty());
  }

  @Test
  void a_run_that_is_asked_for_is_queued_and_stays_the_same_until_it_is_finished()
      throws Exception {
    Response first = request(DAY);
    first
        .then()
        .statusCode(202)
        .header("Location", PATH + "/" + first.path("id"))
        .body("id", startsWith("rec_"))
        .body("object", equalTo("reconciliation"))
        .body("date", equalTo(DAY))
        .body("state", equalTo("queued"))
        .body("lines", equalTo(0))
        .body("requested_by", startsWith("key_"));

    assertThat(request(DAY).<String>path("id")).isEqualTo(first.path("id"));
    Reconciling.makeAll(database, new TestReport());

    assertThat(request(DAY).<String>path("id")).isNotEqualTo(first.path("id"));
    asOperator().get(PATH).then().statusCode(200).body("data", hasSize(2));
    asOperator()
        .get(first.header("Location"))
        .then()
        .statusCode(200)
        .body("state", equalTo("completed"))
        .body("sha256", notNullValue())
        .body("finished_at", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"date\":\"2999-01-01\"}",
        "{\"date\":\"0000-01-01\"}",
        "{\"date\":\"2025-02-29\"}",
        "{\"date\":\"2025-2-9\"}",
        "{\"date\":\"yesterday\"}",
        "{\"date\":20251120}",
        "{\"date\":\"+12025-11-20\"}"
      })
  void a_day_that_is_none_or_has_not_begun_is_refused(String body) {
    asOperator()
        .contentType("application/json")
        .body(body)
        .post(PATH)
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/validation-error"))
        .body("errors.pointer", contains("/date"));
  }

  @Test
  void what_differs_is_shown_explained_and_stays_explained() throws Exception {
    String run = different();

    asOperator()
        .get(PATH + "/" + run)
        .then()
        .statusCode(200)
        .body("lines", equalTo(3))
        .body("rejected", equalTo(1))
        .body("rejections[0].line", equalTo(4))
        .body("rejections[0].reason", equalTo("has 1 columns and not 8"))
        .body("differences.missing_here", equalTo(2))
        .body("differences.status", equalTo(0))
        .body("open_differences", equalTo(2));
    Response list = asOperator().get(PATH + "/" + run + "/differences?kind=missing_here");
    list.then()
        .statusCode(200)
        .body("data", hasSize(2))
        .body("data.state", everyItem(equalTo("open")))
        .body("data.payment", hasItem("=cmd"))
        .body("data[0].id", startsWith("dif_"))
        .body("data[0].reported_amount", equalTo(1000))
        .body("data[0].our_amount", nullValue());
    String difference = list.path("data[0].id");

    for (String note : new String[] {"by hand", "other words"}) {
      asOperator()
          .contentType("application/json")
          .body("{\"note\":\"" + note + "\"}")
          .post(PATH + "/" + run + "/differences/" + difference + "/resolve")
          .then()
          .statusCode(200)
          .body("state", equalTo("resolved"))
          .body("note", equalTo("by hand"))
          .body("resolved_by", startsWith("key_"));
    }
    asOperator().get(PATH + "/" + run + "/differences?state=open").then().body("data", hasSize(1));
    assertThat(gauge("ledger_reconciliation_difference_open{kind=\"missing_here\"}")).isEqualTo(1);
    assertThat(gauge("ledger_reconciliation_difference_oldest_age_seconds{kind=\"missing_here\"}"))
        .isNotNegative();
    assertThat(gauge("ledger_reconciliation_difference_open{kind=\"status\"}")).isZero();
  }

  @Test
  void pages_are_the_whole() throws Exception {
    String run = different();

    Response first = asOperator().get(PATH + "/" + run + "/differences?limit=1");
    Response second =
        asOperator()
            .get(PATH + "/" + run + "/differences?limit=1&cursor=" + first.path("next_cursor"));

    second.then().body("data", hasSize(1)).body("next_cursor", nullValue());
    assertThat(second.<String>path("data[0].id")).isNotEqualTo(first.path("data[0].id"));
  }

  @Test
  void who_names_no_form_gets_json() throws Exception {
    asOperator()
        .header("Accept", "")
        .get(PATH + "/" + different() + "/differences")
        .then()
        .statusCode(200)
        .contentType("application/json");
  }

  @Test
  void a_file_of_differences_holds_no_formula() throws Exception {
    String run = different();

    Response file =
        asOperator().accept("text/csv").get(PATH + "/" + run + "/differences?state=open");

    file.then().statusCode(200).contentType(startsWith("text/csv"));
    assertThat(file.asString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains(",'=cmd,'@reference,"))
        .first()
        .asString()
        .startsWith("id,date,kind,state,merchant,");
    asOperator()
        .accept("text/csv")
        .get(PATH + "/" + run + "/differences?limit=1")
        .then()
        .statusCode(400);
  }

  @Test
  void a_charge_in_review_is_healed() throws Exception {
    String charge = Parking.parkedCharge(database, "cannot be asked");
    String run = request(DAY).path("id");
    Reconciling.makeAll(
        database,
        new TestReport().payment(merchant, "pay_" + charge, Parking.uuid(charge), 1000, 15));

    asOperator().get(PATH + "/" + run).then().body("healed", equalTo(1));
    asMerchant().get("/v1/charges/" + charge).then().body("status", equalTo("succeeded"));
  }

  @Test
  void what_is_not_there_is_not_found() {
    String nobody = PublicId.RECONCILIATION.text(UUID.randomUUID());
    asOperator().get(PATH + "/" + nobody).then().statusCode(404);
    asOperator().get(PATH + "/rec_1/differences").then().statusCode(404);
    asOperator()
        .contentType("application/json")
        .body("{\"note\":\"x\"}")
        .post(PATH + "/" + request(DAY).path("id") + "/differences/dif_1/resolve")
        .then()
        .statusCode(404);
  }

  @Test
  void a_merchant_sees_none_of_it() {
    asMerchant().get(PATH).then().statusCode(403);
    asMerchant().accept("text/csv").get(PATH + "/rec_1/differences").then().statusCode(403);
    given().get(PATH).then().statusCode(401);
  }

  private String different() throws Exception {
    String run = request(DAY).path("id");
    Reconciling.makeAll(
        database,
        new TestReport()
            .line(merchant, "payment", "=cmd", "@reference", 1000, "USD", 0)
            .payment(merchant, "pay_" + UUID.randomUUID(), UUID.randomUUID(), 1000, 0)
            .raw("bad"));
    return run;
  }

  private static Response request(String date) {
    return asOperator()
        .contentType("application/json")
        .body("{\"date\":\"" + date + "\"}")
        .post(PATH);
  }

  private double gauge(String name) {
    String page = given().port(managementPort).get("/q/metrics").asString();
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in\n" + page));
  }
}
