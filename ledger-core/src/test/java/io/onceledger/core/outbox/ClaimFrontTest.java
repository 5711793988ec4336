package io.onceledger.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.OutboxMessages.Claimed;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClaimFrontTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final ClaimFront front = new ClaimFront(nanos::get);

  @Test
  void it_goes_on_a_little_before_what_was_claimed_last() {
    claim(NOON);
    assertThat(claim(NOON.plusSeconds(3))).isEqualTo(NOON.minusMillis(100));
    assertThat(claim(NOON.plusSeconds(1))).isEqualTo(NOON.plusMillis(2_900));
    assertThat(front.begin()).as("never back").isEqualTo(NOON.plusMillis(2_900));
  }

  @Test
  void what_it_has_gone_past_is_swept_up_within_a_second() {
    claim(NOON);
    pass(Duration.ofMillis(999));
    assertThat(claim(NOON)).isNotEqualTo(Instant.EPOCH);
    pass(Duration.ofMillis(1));

    assertThat(claim(NOON.minusSeconds(60))).isEqualTo(Instant.EPOCH);
    assertThat(front.begin()).as("an old backlog").isEqualTo(NOON.minusMillis(60_100));
  }

  @Test
  void a_sweep_that_takes_long_is_made_less_often() {
    front.begin();
    pass(Duration.ofMillis(300));
    front.found(new Claimed(List.of(), NOON));

    pass(Duration.ofMillis(5_999));
    assertThat(claim(NOON)).isNotEqualTo(Instant.EPOCH);
    pass(Duration.ofMillis(1));
    assertThat(claim(NOON)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void it_stays_where_it_is_while_nothing_is_due() {
    claim(NOON);
    claim(null);
    assertThat(front.begin()).isEqualTo(NOON.minusMillis(100));

    front.forget();
    assertThat(claim(null)).isEqualTo(Instant.EPOCH);
    assertThat(claim(null)).as("nothing was ever found").isEqualTo(Instant.EPOCH);
  }

  @Test
  void a_message_that_became_due_in_the_past_is_claimed_by_the_next_sweep() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    TestCharges.accept(database, TestCharges.merchant(database), 2);
    String late = database.column("SELECT resource_id FROM outbox_message LIMIT 1").get(0);
    database.execute(
        "UPDATE outbox_message SET due_at = 'infinity' WHERE resource_id = '" + late + "'");
    WorkClaims claims = new WorkClaims(database.writer(), front);
    assertThat(claims.claim(10, TestClaims.TERMS)).hasSize(1);
    database.execute(
        "UPDATE outbox_message SET due_at = now() - interval '1 hour' WHERE resource_id = '"
            + late
            + "'");

    assertThat(claims.claim(10, TestClaims.TERMS)).as("begins behind it").isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(claims.claim(10, TestClaims.TERMS))
        .extracting(work -> work.claim().resource().id().toString())
        .containsExactly(late);
    assertThat(database.violations()).isEmpty();
  }

  private Instant claim(Instant lastDueAt) {
    Instant from = front.begin();
    front.found(new Claimed(List.of(), lastDueAt));
    return from;
  }

  private void pass(Duration time) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }
}
