package io.onceledger.worker.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Outcome;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Answer.Received;
import io.onceledger.worker.testing.TestConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens at fifteen failures in the last twenty calls, and closes when two in a row are none. */
class ProcessorBreakerTest {

  private static final Claim CLAIM = claim(Step.SEND);
  private static final Answer WELL = new Received(429, Optional.empty(), "{}", 3);
  private static final Answer AWAY = new NotSent("connection refused", true);

  /** For what must not pass while the test is running. */
  private static final Map<String, String> FOR_LONG =
      Map.of("ledger.processor.breaker.delay", "1h");

  static Stream<Arguments> what_speaks_against_the_processor() {
    return Stream.of(
        Arguments.of(Step.SEND, AWAY, true),
        Arguments.of(Step.LOOK_UP, AWAY, true),
        Arguments.of(Step.SEND, new Lost("no answer in time", 500), true),
        Arguments.of(Step.CANCEL, new Lost("reset", 5), true),
        Arguments.of(Step.SEND, received(500), true),
        Arguments.of(Step.LOOK_UP, received(503), true),
        Arguments.of(Step.SEND, received(408), true),
        Arguments.of(Step.SEND, received(401), true),
        Arguments.of(Step.SEND, received(404), true),
        Arguments.of(Step.LOOK_UP, received(403), true),
        Arguments.of(Step.LOOK_UP, new Received(404, Optional.empty(), "<html>", 3), true),
        Arguments.of(Step.CANCEL, received(405), true),
        Arguments.of(Step.SEND, received(429), false),
        Arguments.of(Step.SEND, received(402), false),
        Arguments.of(Step.SEND, received(409), false),
        Arguments.of(Step.SEND, received(410), false),
        Arguments.of(Step.SEND, received(201), false),
        Arguments.of(Step.LOOK_UP, received(404), false),
        Arguments.of(Step.SEND, new NotSent("the deadline has passed", false), false));
  }

  @ParameterizedTest
  @MethodSource
  void what_speaks_against_the_processor(Step step, Answer answer, boolean against) {
    assertThat(Reading.of(claim(step), answer).isFailure()).isEqualTo(against);
  }

  @Test
  void it_opens_when_most_of_the_last_calls_failed_and_then_nothing_is_called() {
    ProcessorBreaker breaker = breaker(FOR_LONG);
    assertThat(breaker.permitted()).isEqualTo(32);
    call(breaker, WELL, 6);
    call(breaker, AWAY, 14);
    assertThat(breaker.isOpen()).as("14 of the last 20").isFalse();
    call(breaker, AWAY, 1);

    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.permitted()).isZero();
    AtomicInteger called = new AtomicInteger();
    Finding refused =
        breaker
            .guard(
                CLAIM,
                () -> {
                  called.incrementAndGet();
                  return Future.succeededFuture();
                })
            .result();
    assertThat(called).hasValue(0);
    assertThat(refused.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(refused.httpStatus()).isNull();
  }

  @Test
  void what_it_learns_from_is_handed_on_untouched() {
    ProcessorBreaker breaker = breaker(FOR_LONG);

    assertThat(guarded(breaker, AWAY).unusable()).isTrue();
    assertThat(guarded(breaker, received(503)).httpStatus()).isEqualTo(503);
    IllegalStateException poison = new IllegalStateException("poison");
    assertThat(breaker.guard(CLAIM, () -> Future.failedFuture(poison)).cause()).isSameAs(poison);
  }

  @Test
  void a_message_that_makes_the_worker_fail_says_nothing_about_the_processor() {
    ProcessorBreaker breaker = breaker(FOR_LONG);
    for (int i = 0; i < 100; i++) {
      breaker.guard(CLAIM, () -> Future.failedFuture("poison"));
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void after_its_delay_one_call_at_a_time_tries_and_two_that_do_not_fail_close_it() {
    ProcessorBreaker breaker = breaker(Map.of());
    call(breaker, AWAY, 20);

    await().until(() -> breaker.permitted() == 1);
    assertThat(breaker.isOpen()).isTrue();
    call(breaker, WELL, 1);
    assertThat(breaker.permitted()).isEqualTo(1);
    call(breaker, WELL, 1);
    assertThat(breaker.permitted()).isEqualTo(32);
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void a_call_that_tries_in_vain_opens_it_again() {
    ProcessorBreaker breaker = breaker(Map.of("ledger.processor.breaker.delay", "1s"));
    call(breaker, AWAY, 20);
    await().until(() -> breaker.permitted() == 1);

    call(breaker, AWAY, 1);

    assertThat(breaker.permitted()).isZero();
  }

  @Test
  void what_was_called_before_it_opened_and_ends_afterwards_neither_closes_nor_opens_it() {
    ProcessorBreaker breaker = breaker(Map.of());
    Promise<Finding> slow = Promise.promise();
    Promise<Finding> slower = Promise.promise();
    Future<Finding> slowly = breaker.guard(CLAIM, slow::future);
    breaker.guard(CLAIM, slower::future);
    call(breaker, AWAY, 20);
    await().until(() -> breaker.permitted() == 1);

    slow.complete(Reading.of(CLAIM, AWAY));
    assertThat(breaker.permitted()).isEqualTo(1);
    slower.complete(Reading.of(CLAIM, WELL));
    call(breaker, WELL, 1);
    assertThat(breaker.permitted()).isEqualTo(1);
    assertThat(slowly.result().unusable()).as("it is told all the same").isTrue();
  }

  @Test
  void numbers_that_make_no_sense_are_refused_at_start() {
    for (String name : new String[] {"calls", "failure-percent", "delay", "probes"}) {
      Map<String, String> zero = Map.of("ledger.processor.breaker." + name, "0");
      assertThatThrownBy(() -> breaker(zero))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("LEDGER_PROCESSOR_BREAKER");
    }
  }

  private static ProcessorBreaker breaker(Map<String, String> values) {
    return new ProcessorBreaker(TestConfig.of(ProcessorConfig.class, values));
  }

  private static void call(ProcessorBreaker breaker, Answer answer, int times) {
    for (int i = 0; i < times; i++) {
      guarded(breaker, answer);
    }
  }

  private static Finding guarded(ProcessorBreaker breaker, Answer answer) {
    return breaker.guard(CLAIM, () -> Future.succeededFuture(Reading.of(CLAIM, answer))).result();
  }

  private static Received received(int status) {
    return new Received(status, Optional.empty(), "{}", 3);
  }

  private static Claim claim(Step step) {
    UUID charge = PublicId.next();
    Instant now = Instant.EPOCH;
    return new Claim(
        Resource.charge(PublicId.next(), charge),
        step,
        1,
        1,
        now,
        now,
        now,
        now,
        null,
        new Claim.Work("k", 1000, "USD", "pm_card_visa", null));
  }
}
