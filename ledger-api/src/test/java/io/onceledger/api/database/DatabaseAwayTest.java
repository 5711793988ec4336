package io.onceledger.api.database;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The wire to the database is cut: what is answered is true, and what is not known is not told. */
@QuarkusTest
@WithTestResource(DatabaseAwayTest.OverAWire.class)
class DatabaseAwayTest {

  /** The application's connections go over a wire that tests can cut. */
  public static class OverAWire extends LedgerUnderTest {
    @Override
    protected boolean overAWire() {
      return true;
    }
  }

  LedgerDatabase database;
  CuttingProxy wire;

  @ConfigProperty(name = "quarkus.datasource.jdbc.acquisition-timeout")
  Duration reading;

  @ConfigProperty(name = "quarkus.datasource.writer.jdbc.acquisition-timeout")
  Duration writing;

  @AfterEach
  void the_wire_is_whole_again() {
    wire.cut(Cut.NOWHERE);
    await().until(() -> asMerchant().get("/v1/charges").statusCode() == 200);
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void without_a_database_requests_are_put_off_soon_and_their_keys_are_free() {
    charge(newKey(), GOOD).then().statusCode(202);
    String key = newKey();
    wire.cut(Cut.EVERYWHERE);

    charge(key, GOOD)
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("type", equalTo("/problems/service-unavailable"));
    asMerchant().get("/v1/charges").then().statusCode(503);
    wire.cut(Cut.NOWHERE);

    await().until(() -> charge(key, GOOD).statusCode() == 202);
    assertThat(database.number("SELECT count(*) FROM charge WHERE idempotency_key = ?", key))
        .isEqualTo(1);
  }

  /** Of the contract. The caller is looked up by the writer, then something is read or written. */
  @Test
  void nobody_waits_for_connections_for_two_seconds() {
    assertThat(List.of(writing.plus(reading), writing.plus(writing)))
        .allSatisfy(longest -> assertThat(longest).isLessThan(Duration.ofSeconds(2)));
  }

  /** More often than any pool has connections: none may keep a place that it cannot fill. */
  @Test
  void however_often_the_database_goes_away_it_is_found_again() {
    for (int time = 0; time < 10; time++) {
      String key = newKey();
      wire.cut(Cut.BEFORE_COMMIT);
      charge(key, GOOD).then().statusCode(202);
      wire.cut(Cut.EVERYWHERE);
      charge(newKey(), GOOD).then().statusCode(503);
      wire.cut(Cut.NOWHERE);
      await().until(() -> charge(key, GOOD).statusCode() == 202);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_connection_that_is_cut_during_commit_fails_nobody(Cut where) {
    charge(newKey(), GOOD).then().statusCode(202);
    String key = newKey();
    wire.cut(where);

    Response first = charge(key, GOOD);

    first.then().statusCode(202).header("Idempotent-Replayed", nullValue());
    assertThat(wire.isDone()).isTrue();
    Response second = charge(key, GOOD);
    second.then().statusCode(202).header("Idempotent-Replayed", "true");
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(database.number("SELECT count(*) FROM charge WHERE idempotency_key = ?", key))
        .isEqualTo(1);
  }
}
