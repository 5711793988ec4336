package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Redrives.Verdict;
import io.onceledger.core.processor.Redrives.Verdict.Redriven;
import io.onceledger.core.processor.Redrives.Verdict.Refused;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedrivesTest {

  private static final UUID OPERATOR = UUID.randomUUID();
  private static final String REASON = "cannot be asked";

  private LedgerDatabase database;
  private TestWorker worker;

  @BeforeEach
  void open() throws SQLException {
    database = LedgerDatabase.create();
    worker = new TestWorker(database);
    TestCharges.accept(database, TestCharges.merchant(database), 1);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void what_may_have_acted_is_looked_up_and_never_sent() throws SQLException {
    Claim parked = worker.park(REASON);

    Verdict verdict = redrive();

    assertThat(((Redriven) verdict).step()).isEqualTo(Step.LOOK_UP);
    assertThat(((Redriven) verdict).status()).isEqualTo("needs_review");
    Claim again = worker.claim();
    assertThat(again.step()).isEqualTo(Step.LOOK_UP);
    assertThat(again.n()).as("attempts are kept").isEqualTo(parked.n() + 1);
    assertThat(again.fence()).isGreaterThan(parked.fence() + 2);
    assertThat(again.firstSentAt()).as("the window stays").isEqualTo(parked.firstSentAt());
    assertThat(again.lost()).isNull();
    assertThat(statuses()).containsExactly("needs_review");
    assertThat(database.column("SELECT step || ' ' || redriven_by || ' ' || note FROM redrive"))
        .containsExactly("look_up " + OPERATOR + " back again");
  }

  @Test
  void what_provably_never_left_us_is_sent_with_a_window_of_its_own() throws SQLException {
    Claim parked = worker.claim();
    worker.record(parked, Outcome.NOT_SENT, new Park("too many tries"));

    assertThat(((Redriven) redrive()).step()).isEqualTo(Step.SEND);

    Claim again = worker.claim();
    assertThat(again.step()).isEqualTo(Step.SEND);
    assertThat(again.firstSentAt()).isEqualTo(again.claimedAt());
  }

  @Test
  void a_payment_that_is_found_then_is_booked_and_ends_the_review() throws SQLException {
    worker.park(REASON);
    redrive();

    assertThat(worker.approve(worker.claim())).isEqualTo(Recorded.WRITTEN);

    assertThat(statuses()).containsExactly("succeeded");
    assertThat(database.column("SELECT type FROM event ORDER BY sequence"))
        .containsExactly("charge.unknown", "charge.needs_review", "charge.succeeded");
    assertThat(reviews()).containsExactly("found out by look-up, by nobody");
  }

  @Test
  void a_cancel_that_is_confirmed_then_ends_the_review_too() throws SQLException {
    worker.park(REASON);
    redrive();
    Claim lookUp = worker.claim();
    worker.record(lookUp, Outcome.ABSENT, new Proceed(Step.CANCEL, lookUp.claimedAt()));
    assertThat(statuses()).containsExactly("needs_review");

    worker.record(worker.claim(), Outcome.CANCELED, new Conclude(Status.CANCELED, null, null));

    assertThat(statuses()).containsExactly("canceled");
    assertThat(reviews()).containsExactly("found out by canceling it, by nobody");
  }

  @Test
  void what_still_cannot_be_found_out_is_parked_again_under_the_same_review() throws SQLException {
    worker.park(REASON);
    redrive();

    worker.record(worker.claim(), Outcome.AMBIGUOUS, new Park(REASON));

    assertThat(database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL"))
        .isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM event")).as("it has not moved").isEqualTo(2);
    assertThat(worker.claim(10)).isEmpty();
    assertThat(redrive()).as("and can be sent back again").isInstanceOf(Redriven.class);
  }

  @Test
  void only_what_is_parked_is_redriven() throws SQLException {
    assertThat(redrive()).isEqualTo(new Refused("pending", "send"));
    worker.park(REASON);
    redrive();
    assertThat(redrive()).isEqualTo(new Refused("needs_review", "look_up"));
    worker.approve(worker.claim());
    assertThat(redrive()).isEqualTo(new Refused("succeeded", null));
    assertThat(database.number("SELECT count(*) FROM redrive")).isEqualTo(1);
    assertThat(redrives().redrive(PublicId.next(), OPERATOR, null)).isEmpty();
  }

  private Redrives redrives() {
    return new Redrives(database.operator());
  }

  private Verdict redrive() throws SQLException {
    UUID charge = UUID.fromString(database.column("SELECT id FROM charge").get(0));
    return redrives().redrive(charge, OPERATOR, "back again").orElseThrow();
  }

  private List<String> statuses() {
    return database.column("SELECT status FROM charge");
  }

  private List<String> reviews() {
    return database.column(
        "SELECT note || ', by ' || coalesce(resolved_by::text, 'nobody') FROM review"
            + " WHERE resolved_at IS NOT NULL");
  }
}
