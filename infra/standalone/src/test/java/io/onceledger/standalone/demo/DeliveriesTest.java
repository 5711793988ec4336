package io.onceledger.standalone.demo;

import static io.onceledger.standalone.demo.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.demo.Delivery.Manner;
import io.onceledger.standalone.demo.FakeServer.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
  private static final Told RECEIPT = new Told(202, false, "{\"id\":\"ch_1\"}");
  private static final Told REPLAY = new Told(202, true, "{\"id\":\"ch_1\"}");

  @ParameterizedTest
  @ValueSource(ints = {0, 409, 429, 500, 503})
  void a_delivery_goes_on_under_the_same_key_with_the_same_bytes(int status) throws IOException {
    try (FakeServer api =
        new FakeServer((asked, before) -> before < 2 ? new Told(status, false, "") : REPLAY)) {
      Deliveries deliveries = deliveries(api, Duration.ofMinutes(1));
      deliveries.carryOut(plan(Manner.ONCE));
      assertThat(api.asked()).hasSize(3);
      assertThat(Set.copyOf(api.asked())).hasSize(1);
      assertThat(deliveries.counts()).isEqualTo(new Report.Sent(3, 2, 0, 1));
      assertThat(deliveries.receipts().charges()).containsEntry("k", "ch_1");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"TWICE_AT_ONCE", "ANSWER_UNREAD"})
  void a_duplicate_is_sent_twice(Manner manner) throws IOException {
    try (FakeServer api = new FakeServer((asked, before) -> before == 0 ? RECEIPT : REPLAY)) {
      Deliveries deliveries = deliveries(api, Duration.ofMinutes(1));
      deliveries.carryOut(plan(manner));
      assertThat(api.asked()).hasSize(2);
      assertThat(Set.copyOf(api.asked())).hasSize(1);
      assertThat(deliveries.counts().replayed()).isEqualTo(1);
    }
  }

  @Test
  void one_that_hangs_up_delivers_again() throws IOException {
    try (FakeServer api = new FakeServer((asked, before) -> RECEIPT)) {
      Deliveries deliveries = deliveries(api, Duration.ofMinutes(1));
      deliveries.carryOut(plan(Manner.HUNG_UP));
      assertThat(deliveries.counts()).isEqualTo(new Report.Sent(2, 0, 1, 0));
      assertThat(deliveries.receipts().answered()).isEqualTo(1);
    }
  }

  @Test
  void receipts_that_differ_by_one_byte_are_found() throws IOException {
    try (FakeServer api =
        new FakeServer(
            (asked, before) -> before == 0 ? RECEIPT : new Told(202, true, "{\"id\": \"ch_1\"}"))) {
      Deliveries deliveries = deliveries(api, Duration.ofMinutes(1));
      deliveries.carryOut(plan(Manner.TWICE_AT_ONCE));
      assertThat(deliveries.receipts().different()).containsExactly("k");
    }
  }

  @Test
  void a_refusal_is_kept_with_its_reason_and_not_repeated() throws IOException {
    try (FakeServer api =
        new FakeServer((asked, before) -> new Told(422, false, "{\"title\":\"reused\"}"))) {
      Deliveries deliveries = deliveries(api, Duration.ofMinutes(1));
      deliveries.carryOut(plan(Manner.ONCE));
      assertThat(api.asked()).hasSize(1);
      assertThat(deliveries.receipts().refusals().get("k")).contains("422").contains("reused");
    }
  }

  @Test
  void an_api_that_stays_away_is_given_up() throws IOException {
    try (FakeServer api = new FakeServer((asked, before) -> new Told(503, false, "overloaded"))) {
      Deliveries deliveries = deliveries(api, Duration.ofMillis(1));
      assertThatThrownBy(() -> deliveries.carryOut(plan(Manner.ONCE)))
          .isInstanceOf(GivenUpException.class)
          .hasMessageContaining("503 overloaded");
    }
  }

  private static Deliveries deliveries(FakeServer api, Duration patience) {
    return new Deliveries(
        new LedgerApi(new Http(), api.address()), new Patience("answer", patience));
  }

  private static DeliveryPlan plan(Manner manner) {
    return new DeliveryPlan(List.of(new Delivery(order("k"), manner)));
  }
}
