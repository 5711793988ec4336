package io.onceledger.api.outbox;

import static io.onceledger.api.testing.Parking.parkedCharge;
import static io.onceledger.api.testing.Parking.uuid;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class BacklogGaugesTest {

  LedgerDatabase database;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @Test
  void the_age_of_what_waits_is_on_the_management_port_and_moves() throws SQLException {
    double depth = gauge("ledger_outbox_depth");
    double parked = gauge("ledger_outbox_parked");
    double reviews = gauge("ledger_review_open");

    String charge = parkedCharge(database, "cannot be asked");
    database.execute(
        """
        UPDATE charge SET updated_at = now() - interval '30 hours' WHERE id = '%1$s';
        UPDATE review SET opened_at = now() - interval '20 hours' WHERE charge_id = '%1$s';
        """
            .formatted(uuid(charge)));

    assertThat(gauge("ledger_outbox_depth")).isEqualTo(depth + 1);
    assertThat(gauge("ledger_outbox_parked")).isEqualTo(parked + 1);
    assertThat(gauge("ledger_review_open")).isEqualTo(reviews + 1);
    assertThat(gauge("ledger_review_oldest_age_seconds")).isBetween(72_000.0, 72_100.0);
    assertThat(gauge("ledger_charge_oldest_age_seconds{status=\"needs_review\"}"))
        .isBetween(108_000.0, 108_100.0);
    assertThat(gauge("ledger_charge_oldest_age_seconds{status=\"pending\"}")).isNotNegative();
    assertThat(gauge("ledger_charge_oldest_age_seconds{status=\"unknown\"}")).isNotNegative();
    assertThat(gauge("ledger_outbox_oldest_age_seconds")).isNotNegative();
    assertThat(gauge("ledger_inbox_mismatches_total")).as("a counter").isNotNegative();
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
