package io.onceledger.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.ProcessorConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twenty for a hundred first tries, ten a second, fifty saved up at the most. */
class RetryBudgetTest {

  private static final class HandMovedClock implements TimeMeter {
    private long nanos;

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    void forwardMillis(long millis) {
      nanos += millis * 1_000_000;
    }
  }

  private record Terms(int percent, int perSecond) implements ProcessorConfig.Retries {}

  private final HandMovedClock clock = new HandMovedClock();
  private final RetryBudget budget = new RetryBudget(new Terms(20, 10), 50, clock);

  @Test
  void what_was_saved_up_is_spent_first() {
    assertThat(budget.left()).isEqualTo(50);
    budget.spend(retries(30));
    assertThat(budget.left()).isEqualTo(20);
    budget.spend(retries(20));
    assertThat(budget.left()).isZero();
  }

  @Test
  void first_tries_bring_their_share() {
    budget.spend(retries(50));

    budget.spend(firstTries(4));
    assertThat(budget.left()).as("not yet a whole one").isZero();
    budget.spend(firstTries(1));
    assertThat(budget.left()).isEqualTo(1);
    budget.spend(firstTries(100));
    assertThat(budget.left()).isEqualTo(21);
  }

  @Test
  void time_brings_some_though_nothing_new_comes_in() {
    budget.spend(retries(50));

    clock.forwardMillis(99);
    assertThat(budget.left()).isZero();
    clock.forwardMillis(1);
    assertThat(budget.left()).isEqualTo(1);
    clock.forwardMillis(1_900);
    assertThat(budget.left()).isEqualTo(20);
  }

  @Test
  void no_more_is_saved_up_than_can_be_under_way_at_once() {
    clock.forwardMillis(3_600_000);
    budget.spend(firstTries(10_000));

    assertThat(budget.left()).isEqualTo(50);
  }

  @Test
  void over_a_long_time_retries_are_their_share_and_no_more() {
    budget.spend(retries(50));
    int retried = 0;
    for (int second = 0; second < 100; second++) {
      clock.forwardMillis(1_000);
      budget.spend(firstTries(50));
      int left = budget.left();
      budget.spend(retries(left));
      retried += left;
    }

    assertThat(retried).as("20 % of 5000, and 10 in each of 100 seconds").isEqualTo(2_000);
  }

  @Test
  void a_budget_that_would_starve_look_ups_is_refused() {
    assertThatThrownBy(() -> new RetryBudget(new Terms(20, 0), 50, clock))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LEDGER_PROCESSOR_RETRIES");
  }

  private static List<ClaimedWork> firstTries(int count) {
    return works(count, 1);
  }

  private static List<ClaimedWork> retries(int count) {
    return works(count, 2);
  }

  private static List<ClaimedWork> works(int count, int n) {
    return IntStream.range(0, count).mapToObj(i -> work(n)).toList();
  }

  private static ClaimedWork work(int n) {
    Claim claim =
        new Claim(
            Resource.charge(UUID.randomUUID(), UUID.randomUUID()),
            Step.SEND,
            n,
            n,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            new Claim.Work("k", 1, "USD", "pm_card_visa", null));
    return new ClaimedWork(claim, List.of());
  }
}
