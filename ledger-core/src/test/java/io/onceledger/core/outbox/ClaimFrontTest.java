package io.onceledger.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.ClaimFront.Place;
import io.onceledger.core.outbox.OutboxClaims.Claimed;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClaimFrontTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Resource SOME = Resource.charge(new UUID(0, 1), new UUID(0, 2));
  private static final int LIMIT = 3;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final ClaimFront front = new ClaimFront(nanos::get);

  @Test
  void after_a_full_claim_it_goes_on_a_little_before_what_was_claimed_last() {
    front.begin();
    found(3, firstTry(-30), firstTry(-20), retry(-10));

    assertThat(front.begin()).isEqualTo(place(-10_100, -10_100));
  }

  @Test
  void after_any_other_nothing_is_left_that_was_due_a_little_before_it() {
    front.begin();
    found(3, firstTry(-30));

    assertThat(front.begin()).isEqualTo(place(-100, -100));
  }

  @Test
  void retries_beyond_their_number_are_not_gone_past() {
    front.begin();
    found(1, firstTry(-30), retry(-40));
    assertThat(front.begin()).isEqualTo(place(-100, -40_100));

    found(0, firstTry(-20));
    assertThat(front.begin().retries()).as("they may be anywhere").isEqualTo(Instant.EPOCH);
  }

  @Test
  void it_stays_where_it_is_while_nothing_is_due() {
    front.begin();
    found(3);
    assertThat(front.begin()).isEqualTo(Place.BEGINNING);

    found(3, firstTry(-30));
    found(3);
    assertThat(front.begin()).isEqualTo(place(-100, -100));
  }

  @Test
  void what_it_has_gone_past_is_swept_up_within_a_second() {
    front.begin();
    found(3, firstTry(-30));
    pass(Duration.ofMillis(999));
    assertThat(front.begin()).isNotEqualTo(Place.BEGINNING);
    pass(Duration.ofMillis(1));
    assertThat(front.begin()).isEqualTo(Place.BEGINNING);

    found(3, firstTry(-90), firstTry(-80), firstTry(-70));
    assertThat(front.begin()).as("an old backlog").isEqualTo(place(-70_100, -70_100));
  }

  @Test
  void a_sweep_that_takes_long_is_made_less_often() {
    front.begin();
    pass(Duration.ofMillis(300));
    found(3, firstTry(-30));

    pass(Duration.ofMillis(5_999));
    assertThat(front.begin()).isNotEqualTo(Place.BEGINNING);
    pass(Duration.ofMillis(1));
    assertThat(front.begin()).isEqualTo(Place.BEGINNING);
  }

  @Test
  void a_message_that_became_due_in_the_past_is_claimed_by_the_next_sweep() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    TestCharges.accept(database, TestCharges.merchant(database), 2);
    String late = database.column("SELECT resource_id FROM outbox_message LIMIT 1").get(0);
    String due = "UPDATE outbox_message SET due_at = %s WHERE resource_id = '" + late + "'";
    database.execute(due.formatted("'infinity'"));
    WorkClaims claims = new WorkClaims(database.writer(), front);
    assertThat(claims.claim(10, TestClaims.TERMS)).hasSize(1);
    database.execute(due.formatted("now() - interval '1 hour'"));

    assertThat(claims.claim(10, TestClaims.TERMS)).as("begins behind it").isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(claims.claim(10, TestClaims.TERMS))
        .extracting(work -> work.claim().resource().id().toString())
        .containsExactly(late);
    assertThat(database.violations()).isEmpty();
  }

  /** A claim, and when it became due. */
  private record Due(int attempts, Instant at) {}

  private static Due firstTry(int seconds) {
    return new Due(1, NOON.plusSeconds(seconds));
  }

  private static Due retry(int seconds) {
    return new Due(2, NOON.plusSeconds(seconds));
  }

  /** What a claim at noon has found. */
  private void found(int retries, Due... due) {
    List<Claim> claims = new ArrayList<>();
    List<Instant> dueAt = new ArrayList<>();
    for (Due each : due) {
      claims.add(
          new Claim(SOME, Step.SEND, 1, each.attempts(), NOON, NOON, NOON, NOON, null, null));
      dueAt.add(each.at());
    }
    front.found(new Claimed(claims, dueAt), LIMIT, retries);
  }

  private static Place place(int firstTriesMillis, int retriesMillis) {
    return new Place(NOON.plusMillis(firstTriesMillis), NOON.plusMillis(retriesMillis));
  }

  private void pass(Duration time) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }
}
