package io.onceledger.core.processor;

import static io.onceledger.core.processor.Call.CANCEL;
import static io.onceledger.core.processor.Call.LOOK_UP;
import static io.onceledger.core.processor.Call.SEND;
import static io.onceledger.core.processor.Outcome.ABSENT;
import static io.onceledger.core.processor.Outcome.AMBIGUOUS;
import static io.onceledger.core.processor.Outcome.NOT_SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Patience for three. Times are seconds after the first send; the key is remembered for 599. */
class PatienceTest {

  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");
  private static final Patience THREE = new Patience(3, 3);
  private static final Proceed AGAIN = new Proceed(Step.LOOK_UP, FIRST);

  private static final ProcessorProfile PROFILE =
      new ProcessorProfile(
          Caches.SUCCESSES,
          Duration.ofSeconds(600),
          true,
          true,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(300),
          Duration.ofSeconds(289));

  static Stream<Arguments> what_counts() {
    return Stream.of(
        // call, outcome, status, second, counts
        Arguments.of(LOOK_UP, AMBIGUOUS, 200, 20, true), // another amount, or not ours
        Arguments.of(LOOK_UP, AMBIGUOUS, 404, 20, true), // not the processor's own
        Arguments.of(LOOK_UP, AMBIGUOUS, 405, 20, true),
        Arguments.of(LOOK_UP, AMBIGUOUS, 301, 20, true),
        Arguments.of(CANCEL, AMBIGUOUS, 404, 20, true),
        Arguments.of(CANCEL, AMBIGUOUS, 405, 20, true),
        Arguments.of(SEND, AMBIGUOUS, 410, 20, true), // canceled, and not by us
        Arguments.of(SEND, AMBIGUOUS, 201, 20, true),
        Arguments.of(SEND, AMBIGUOUS, 409, 20, true),
        Arguments.of(LOOK_UP, AMBIGUOUS, 401, 20, false), // our key is wrong
        Arguments.of(CANCEL, AMBIGUOUS, 403, 20, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, 408, 20, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, 425, 20, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, 429, 20, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, 500, 20, false),
        Arguments.of(CANCEL, AMBIGUOUS, 503, 20, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, null, 20, false), // no answer
        Arguments.of(LOOK_UP, ABSENT, 404, 20, false), // an answer that decides something
        Arguments.of(SEND, NOT_SENT, 404, 20, false),
        Arguments.of(SEND, NOT_SENT, null, 9_999, false),
        // Once the processor may have forgotten the key, waiting for an answer is pointless.
        Arguments.of(LOOK_UP, AMBIGUOUS, null, 599, false),
        Arguments.of(LOOK_UP, AMBIGUOUS, null, 600, true),
        Arguments.of(LOOK_UP, AMBIGUOUS, 503, 600, true),
        Arguments.of(CANCEL, AMBIGUOUS, 429, 600, true),
        Arguments.of(SEND, AMBIGUOUS, null, 600, false));
  }

  @ParameterizedTest
  @MethodSource
  void what_counts(Call call, Outcome outcome, Integer status, int second, boolean counts) {
    assertThat(parks(times(2, call, outcome, status, second))).isFalse();
    assertThat(parks(times(3, call, outcome, status, second))).isEqualTo(counts);
  }

  @Test
  void an_outage_of_days_uses_up_no_patience() {
    List<Attempt> tried = new ArrayList<>();
    for (int n = 1; n <= 2_000; n++) {
      tried.add(attempt(n, SEND, NOT_SENT, null, n * 150));
      assertThat(parks(tried)).isFalse();
    }
  }

  @Test
  void the_reason_says_what_was_seen() {
    List<Attempt> tried = times(3, LOOK_UP, AMBIGUOUS, 200, 20);

    assertThat(THREE.limit(AGAIN, PROFILE, FIRST, tried))
        .isEqualTo(
            new Park(
                "3 attempts have decided nothing; the last, a look-up, brought an answer with"
                    + " status 200"));
    assertThat(THREE.limit(AGAIN, PROFILE, FIRST, times(3, CANCEL, AMBIGUOUS, null, 700)))
        .isEqualTo(
            new Park("3 attempts have decided nothing; the last, a cancel, brought no answer"));
  }

  @Test
  void what_a_person_sent_back_has_all_of_it_again() {
    List<Integer> parked =
        IntStream.rangeClosed(1, 10)
            .filter(n -> parks(times(n, LOOK_UP, AMBIGUOUS, 200, 20)))
            .boxed()
            .toList();

    assertThat(parked).containsExactly(3, 6, 9);
  }

  @Test
  void an_attempt_that_does_not_count_parks_nothing_though_the_count_stands() {
    List<Attempt> tried = times(3, LOOK_UP, AMBIGUOUS, 200, 20);
    tried.add(attempt(4, LOOK_UP, AMBIGUOUS, null, 30));

    assertThat(parks(tried)).isFalse();
  }

  @Test
  void what_is_decided_stays_decided() {
    List<Attempt> tried = times(3, LOOK_UP, AMBIGUOUS, 200, 20);
    Conclude end = new Conclude(Status.CANCELED, null, null);
    Park park = new Park("forgotten");

    assertThat(THREE.limit(end, PROFILE, FIRST, tried)).isEqualTo(end);
    assertThat(THREE.limit(park, PROFILE, FIRST, tried)).isEqualTo(park);
  }

  @Test
  void a_message_whose_claims_are_lost_again_and_again_is_poison() {
    Attempt recorded = attempt(4, LOOK_UP, AMBIGUOUS, null, 30);

    assertThat(THREE.isUsedUpBy(work(1))).as("the first claim").isFalse();
    assertThat(THREE.isUsedUpBy(work(3))).as("two lost").isFalse();
    assertThat(THREE.isUsedUpBy(work(4))).as("three lost").isTrue();
    assertThat(THREE.isUsedUpBy(work(2_000, attempt(1_999, SEND, NOT_SENT, null, 1))))
        .as("many claims, all recorded")
        .isFalse();
    assertThat(THREE.isUsedUpBy(work(7, recorded))).as("two lost since").isFalse();
    assertThat(THREE.isUsedUpBy(work(8, recorded))).as("three lost since").isTrue();
  }

  private static boolean parks(List<Attempt> tried) {
    return THREE.limit(AGAIN, PROFILE, FIRST, tried) instanceof Park;
  }

  private static List<Attempt> times(
      int times, Call call, Outcome outcome, Integer status, int second) {
    return new ArrayList<>(
        IntStream.rangeClosed(1, times)
            .mapToObj(n -> attempt(n, call, outcome, status, second))
            .toList());
  }

  private static Attempt attempt(int n, Call call, Outcome outcome, Integer status, int second) {
    Instant at = FIRST.plusSeconds(second);
    return new Attempt(n, call, outcome, at, at, status, null);
  }

  private static ClaimedWork work(int n, Attempt... attempts) {
    Claim claim =
        new Claim(
            Resource.charge(UUID.randomUUID(), UUID.randomUUID()),
            Step.LOOK_UP,
            n,
            n,
            FIRST,
            FIRST,
            FIRST,
            FIRST,
            null,
            new Claim.Work("k", 1, "USD", "pm_card_visa", null));
    return new ClaimedWork(claim, List.of(attempts));
  }
}
