package io.onceledger.core.processor;

import static io.onceledger.core.processor.Call.LOOK_UP;
import static io.onceledger.core.processor.Call.SEND;
import static io.onceledger.core.processor.Outcome.ABSENT;
import static io.onceledger.core.processor.Outcome.AMBIGUOUS;
import static io.onceledger.core.processor.Outcome.NOT_SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Claim.Lost;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A charge expires after a minute. */
class ExpiryTest {

  private static final Instant ACCEPTED = Instant.parse("2026-11-22T08:00:00Z");
  private static final Instant EXPIRES = ACCEPTED.plusSeconds(60);
  private static final Expiry MINUTE = new Expiry(Duration.ofMinutes(1));
  private static final Resource CHARGE = Resource.charge(UUID.randomUUID(), UUID.randomUUID());
  private static final Attempt REFUSED = attempt(SEND, NOT_SENT);

  @Test
  void a_charge_that_never_left_expires_at_its_age() {
    assertThat(MINUTE.hasCome(work(Step.SEND), EXPIRES.minusMillis(1))).isFalse();
    assertThat(MINUTE.hasCome(work(Step.SEND), EXPIRES)).isTrue();
    assertThat(MINUTE.hasCome(work(Step.SEND, REFUSED, REFUSED), EXPIRES)).isTrue();
    assertThat(Expiry.NEVER.hasCome(work(Step.SEND), Instant.MAX)).isFalse();
  }

  @Test
  void what_may_have_left_never_expires() {
    Lost lost = new Lost(1, ACCEPTED, ACCEPTED.plusSeconds(13));
    assertThat(MINUTE.hasCome(work(CHARGE, Step.SEND, lost), EXPIRES)).isFalse();
    assertThat(MINUTE.hasCome(work(Step.RESEND, attempt(SEND, AMBIGUOUS)), EXPIRES)).isFalse();
    assertThat(MINUTE.hasCome(work(Step.LOOK_UP, REFUSED), EXPIRES)).isFalse();
  }

  /** The database has forgotten what happened before: nothing was found, and nothing is proved. */
  @Test
  void what_had_to_be_looked_up_before_its_first_send_never_expires() {
    assertThat(MINUTE.hasCome(work(Step.LOOK_UP), EXPIRES)).isFalse();
    assertThat(MINUTE.hasCome(work(Step.SEND, attempt(LOOK_UP, ABSENT)), EXPIRES)).isFalse();
  }

  @Test
  void a_refund_is_owed_however_old_it_is() {
    Resource refund = new Resource(CHARGE.merchant(), CHARGE.id(), UUID.randomUUID());
    assertThat(MINUTE.hasCome(work(refund, Step.SEND, null), EXPIRES)).isFalse();
  }

  @Test
  void nobody_waits_beyond_the_expiry_for_another_try() {
    Proceed late = new Proceed(Step.SEND, EXPIRES.plusSeconds(100));
    Proceed early = new Proceed(Step.SEND, EXPIRES.minusSeconds(1));
    Claim claim = work(Step.SEND).claim();

    assertThat(MINUTE.limit(late, claim, List.of(REFUSED)))
        .isEqualTo(new Proceed(Step.SEND, EXPIRES));
    assertThat(MINUTE.limit(early, claim, List.of(REFUSED))).isEqualTo(early);
    assertThat(Expiry.NEVER.limit(late, claim, List.of(REFUSED))).isEqualTo(late);
  }

  /** It would be due again at once, for ever. */
  @Test
  void what_does_not_expire_keeps_its_pause() {
    Proceed late = new Proceed(Step.SEND, EXPIRES.plusSeconds(100));
    Claim claim = work(Step.LOOK_UP).claim();

    assertThat(MINUTE.limit(late, claim, List.of(attempt(LOOK_UP, NOT_SENT)))).isEqualTo(late);
    assertThat(MINUTE.limit(late, claim, List.of(attempt(LOOK_UP, ABSENT)))).isEqualTo(late);
    assertThat(MINUTE.limit(late, claim, List.of(attempt(SEND, AMBIGUOUS)))).isEqualTo(late);
  }

  private static Attempt attempt(Call call, Outcome outcome) {
    return new Attempt(1, call, outcome, ACCEPTED, ACCEPTED, null, null);
  }

  private static ClaimedWork work(Step step, Attempt... attempts) {
    return work(CHARGE, step, null, attempts);
  }

  private static ClaimedWork work(Resource resource, Step step, Lost lost, Attempt... attempts) {
    Claim claim =
        new Claim(
            resource,
            step,
            1,
            1,
            ACCEPTED,
            ACCEPTED,
            ACCEPTED,
            ACCEPTED,
            lost,
            new Claim.Work("k", 1, "USD", "pm_card_visa", null));
    return new ClaimedWork(claim, List.of(attempts));
  }
}
