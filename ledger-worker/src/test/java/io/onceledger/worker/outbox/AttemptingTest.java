package io.onceledger.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.Expiry;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.Patience;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.Finding;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.testing.TestConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How long the next step waits, by jitter that is always the longest. */
class AttemptingTest {

  private static final Instant FIRST = Instant.parse("2026-11-22T08:00:00Z");
  private static final Resource CHARGE = Resource.charge(UUID.randomUUID(), UUID.randomUUID());

  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final Attempting attempting =
      new Attempting(
          TestConfig.of(ProcessorConfig.class, Map.of()).checkedProfile(),
          new Patience(20, 20),
          Expiry.NEVER,
          LONGEST);

  @Test
  void each_failure_doubles_the_wait() {
    assertThat(waitAfter(Outcome.NOT_SENT)).isEqualTo(Duration.ofSeconds(1));
    assertThat(waitAfter(Outcome.NOT_SENT, send(1), send(2))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void a_look_up_that_finds_nothing_is_no_failure() {
    Attempt ambiguous = attempt(1, Call.SEND, Outcome.AMBIGUOUS);
    assertThat(
            waitAfter(
                Outcome.ABSENT,
                ambiguous,
                attempt(2, Call.LOOK_UP, Outcome.ABSENT),
                attempt(3, Call.LOOK_UP, Outcome.ABSENT),
                attempt(4, Call.LOOK_UP, Outcome.ABSENT)))
        .isEqualTo(Duration.ofSeconds(1));
  }

  /** What comes after {@code before} is an hour later, and found {@code outcome}. */
  private Duration waitAfter(Outcome outcome, Attempt... before) {
    boolean asked = outcome == Outcome.ABSENT;
    Instant now = FIRST.plus(Duration.ofHours(1));
    Claim claim =
        new Claim(
            CHARGE,
            asked ? Step.LOOK_UP : Step.SEND,
            1,
            before.length + 1,
            FIRST,
            now,
            now.plusSeconds(13),
            FIRST,
            null,
            new Claim.Work("k", 1, "USD", "pm_card_visa", null));
    Finding finding = new Finding(outcome, null, null, null, null, Optional.empty(), false);
    Proceed next =
        (Proceed)
            attempting
                .result(new ClaimedWork(claim, List.of(before)), finding, Duration.ZERO, FIRST)
                .next();
    return Duration.between(now, next.notBefore());
  }

  private static Attempt send(int n) {
    return attempt(n, Call.SEND, Outcome.NOT_SENT);
  }

  private static Attempt attempt(int n, Call call, Outcome outcome) {
    Instant at = FIRST.plusSeconds(60L * n);
    return new Attempt(n, call, outcome, at, at, null, null);
  }
}
