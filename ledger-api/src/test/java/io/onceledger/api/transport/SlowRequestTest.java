package io.onceledger.api.transport;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request has its time to arrive, however often another byte of it comes; others have theirs. */
@QuarkusTest
@TestProfile(SlowRequestTest.ShortOfTime.class)
@WithTestResource(LedgerUnderTest.class)
class SlowRequestTest {

  /** Also behind a proxy that it trusts. */
  public static class ShortOfTime implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "ledger.http.request-timeout", "1s",
          "quarkus.http.proxy.proxy-address-forwarding", "true");
    }
  }

  private static final String KEY =
      "Authorization: Bearer " + LedgerUnderTest.MERCHANT_KEY + "\r\n";
  private static final String LIST =
      "GET /v1/charges?limit=1 HTTP/1.1\r\nHost: ledger\r\n" + KEY + "\r\n";
  private static final String POST =
      "POST /v1/charges HTTP/1.1\r\nHost: ledger\r\n" + KEY + "Content-Type: application/json\r\n";

  private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
  private final List<Future<?>> drips = new ArrayList<>();
  private final List<RawConnection> connections = new ArrayList<>();

  @AfterEach
  void close() {
    drips.forEach(drip -> drip.cancel(false));
    drops.shutdown();
    connections.forEach(RawConnection::close);
  }

  @Test
  void five_hundred_heads_that_drip_are_refused_and_closed_while_others_are_served() {
    for (int i = 0; i < 500; i++) {
      drip("GET /v1/charges HTTP/1.1\r\nX: ");
    }
    asMerchant().get("/v1/charges").then().statusCode(200);

    for (RawConnection connection : connections) {
      RawConnection.Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("/problems/request-timeout");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void a_body_that_drips_is_refused_and_closed() {
    RawConnection connection =
        drip(POST + "Idempotency-Key: drips\r\nContent-Length: 60000\r\n\r\n");

    assertThat(connection.read().status()).isEqualTo(408);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void a_body_that_drips_behind_its_answer_is_closed_without_another() {
    RawConnection connection =
        drip("POST /v1/charges HTTP/1.1\r\nHost: ledger\r\nContent-Length: 60000\r\n\r\n");

    assertThat(connection.read().status()).isEqualTo(401);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void a_connection_that_rests_between_requests_outlives_them() {
    RawConnection rested = open();
    rested.send(LIST);
    assertThat(rested.read().status()).isEqualTo(200);

    // Takes as long as a request may, and began later.
    assertThat(drip("GET").isClosed()).isTrue();

    rested.send(LIST);
    assertThat(rested.read().status()).isEqualTo(200);
  }

  @Test
  void the_time_is_for_a_request_and_not_for_its_answer_or_those_that_wait_behind() {
    RawConnection connection = open();
    connection.send(
        POST
            + "Idempotency-Key: "
            + newKey()
            + "\r\nPrefer: wait=2\r\nContent-Length: "
            + GOOD.length()
            + "\r\n\r\n"
            + GOOD
            + LIST);

    assertThat(connection.read().status()).isEqualTo(202);
    assertThat(connection.read().status()).isEqualTo(200);
  }

  @Test
  void a_slow_request_waits_for_the_answers_before_it() {
    RawConnection connection = open();
    connection.send(
        POST
            + "Idempotency-Key: "
            + newKey()
            + "\r\nPrefer: wait=2\r\nContent-Length: "
            + GOOD.length()
            + "\r\n\r\n"
            + GOOD);
    drip(connection, "GET");

    assertThat(connection.read().status()).isEqualTo(202);
    assertThat(connection.read().status()).isEqualTo(408);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void what_came_over_https_is_to_come_over_https_again() {
    asMerchant()
        .header("X-Forwarded-Proto", "https")
        .get("/v1/charges")
        .then()
        .header("Strict-Transport-Security", "max-age=31536000");
  }

  private RawConnection open() {
    RawConnection connection = RawConnection.open();
    connections.add(connection);
    return connection;
  }

  private RawConnection drip(String start) {
    RawConnection connection = open();
    drip(connection, start);
    return connection;
  }

  /** Sends {@code start} and then a byte now and then, for as long as somebody listens. */
  private void drip(RawConnection connection, String start) {
    connection.send(start);
    drips.add(
        drops.scheduleAtFixedRate(() -> connection.isSent("x"), 300, 300, TimeUnit.MILLISECONDS));
  }
}
