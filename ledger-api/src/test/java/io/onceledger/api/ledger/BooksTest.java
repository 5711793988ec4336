package io.onceledger.api.ledger;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class BooksTest {

  LedgerDatabase database;

  @Test
  void a_charge_of_10000_leaves_two_entries_and_three_balances() throws SQLException {
    String id = charge(newKey(), GOOD.replace("1000", "10000").replace("USD", "EUR")).path("id");
    Processor.approveAll(database);

    asMerchant()
        .get("/v1/entries?charge=" + id)
        .then()
        .statusCode(200)
        .body("data", hasSize(2))
        .body("data.kind", containsInAnyOrder("charge", "fee"))
        .body("data.amount", containsInAnyOrder(10_000, 290))
        .body("data.charge", everyItem(equalTo(id)));
    asMerchant()
        .get("/v1/entries?charge=" + id + "&account=fee_revenue")
        .then()
        .body("data", hasSize(1))
        .body("data[0].debit_account", equalTo("merchant_payable"))
        .body("data[0].credit_account", equalTo("fee_revenue"));
    asMerchant()
        .get("/v1/accounts")
        .then()
        .statusCode(200)
        .body("data.findAll { it.currency == 'EUR' }", hasSize(3))
        .body(
            "data.find { it.account == 'processor_receivable' && it.currency == 'EUR' }.balance",
            equalTo(10_000))
        .body(
            "data.find { it.account == 'merchant_payable' && it.currency == 'EUR' }.balance",
            equalTo(9_710))
        .body(
            "data.find { it.account == 'fee_revenue' && it.currency == 'EUR' }.type",
            equalTo("income"));
    as(LedgerUnderTest.OTHER_KEY).get("/v1/entries?charge=" + id).then().body("data", hasSize(0));
    as(LedgerUnderTest.OTHER_KEY)
        .get("/v1/accounts")
        .then()
        .body("data.findAll { it.currency == 'EUR' }", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/entries?charge=1", "/v1/entries?account=cash", "/v1/entries?currency=usd",
        "/v1/entries?from=x", "/v1/entries?foo=1", "/v1/accounts?limit=1"
      })
  void a_filter_that_is_none_is_refused(String path) {
    asMerchant().get(path).then().statusCode(400);
  }
}
