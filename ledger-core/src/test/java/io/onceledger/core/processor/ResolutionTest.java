package io.onceledger.core.processor;

import static io.onceledger.core.processor.Call.CANCEL;
import static io.onceledger.core.processor.Call.LOOK_UP;
import static io.onceledger.core.processor.Call.SEND;
import static io.onceledger.core.processor.Outcome.ABSENT;
import static io.onceledger.core.processor.Outcome.AMBIGUOUS;
import static io.onceledger.core.processor.Outcome.NOT_SENT;
import static io.onceledger.core.processor.ProcessorProfile.Caches.ALL;
import static io.onceledger.core.processor.ProcessorProfile.Caches.SUCCESSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Times are seconds after the first send. Retention 600 s, so window 300 s, call time-out 10 s,
 * skew 1 s, horizon 289 s, settle time 5 s, lease 13 s.
 */
class ResolutionTest {

  private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");
  private static final int LEASE = 13;

  private static ProcessorProfile profile(Caches caches, boolean lookUp, boolean cancel) {
    return new ProcessorProfile(
        caches,
        Duration.ofSeconds(600),
        lookUp,
        cancel,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(300),
        Duration.ofSeconds(289));
  }

  private static final ProcessorProfile USUAL = profile(SUCCESSES, true, true);

  @Test
  void what_was_never_sent_is_sent() {
    assertThat(next(USUAL, 1, send(1, NOT_SENT, 0))).isEqualTo(step(Step.SEND, 1));
    assertThat(next(USUAL, 9_999, send(1, NOT_SENT, 0), send(2, NOT_SENT, 400)))
        .isEqualTo(step(Step.SEND, 9_999));
  }

  /** The worker has watched since 0: what was sent before ends at 10 and shows by 16. */
  @Test
  void after_a_restore_a_first_send_waits_until_what_was_sent_before_would_show() {
    for (Caches caches : Caches.values()) {
      ProcessorProfile profile = profile(caches, true, true);
      assertThat(next(profile, 4, lookUp(1, ABSENT, 3))).isEqualTo(step(Step.LOOK_UP, 16));
      assertThat(next(profile, 17, lookUp(1, ABSENT, 3), lookUp(2, AMBIGUOUS, 16)))
          .isEqualTo(step(Step.LOOK_UP, 17));
      assertThat(next(profile, 17, lookUp(1, ABSENT, 3), lookUp(2, ABSENT, 16)))
          .isEqualTo(step(Step.SEND, 17));
      assertThat(next(profile, 500, lookUp(1, ABSENT, 499))).isEqualTo(step(Step.SEND, 500));
      assertThat(next(profile, 600, lookUp(1, ABSENT, 599))).isInstanceOf(Park.class);
    }
  }

  @Test
  void an_ambiguous_send_is_looked_up_first() {
    assertThat(next(USUAL, 1, send(1, AMBIGUOUS, 0))).isEqualTo(step(Step.LOOK_UP, 1));
    assertThat(next(profile(ALL, true, true), 1, send(1, AMBIGUOUS, 0)))
        .isEqualTo(step(Step.LOOK_UP, 1));
  }

  @Test
  void a_look_up_without_an_answer_is_made_again() {
    assertThat(next(USUAL, 30, send(1, AMBIGUOUS, 0), lookUp(2, AMBIGUOUS, 14)))
        .isEqualTo(step(Step.LOOK_UP, 30));
  }

  /** What was claimed at 90,000 was claimed before 0, when the clock was put right again. */
  @Test
  void a_clock_that_was_a_day_ahead_and_is_set_back_keeps_nobody_waiting_for_a_day() {
    Attempt send = send(1, AMBIGUOUS, 90_000);
    Attempt early = lookUp(2, ABSENT, 90_010);

    assertThat(next(USUAL, 3, send, early)).isEqualTo(step(Step.LOOK_UP, 3));
    assertThat(next(USUAL, 4, send, early, lookUp(3, ABSENT, 3))).isEqualTo(step(Step.LOOK_UP, 19));
    assertThat(next(USUAL, 20, send, early, lookUp(3, ABSENT, 3), lookUp(4, ABSENT, 19)))
        .isEqualTo(step(Step.RESEND, 20));
  }

  @Test
  void one_absent_is_no_proof_the_second_comes_a_settle_time_after_it_and_after_the_deadline() {
    // absent at 2, while the send may go on until 13: asked again at 13 + 5 + 1
    assertThat(next(USUAL, 3, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2)))
        .isEqualTo(step(Step.LOOK_UP, 19));
    // absent at 20: asked again at 20 + 5 + 1
    assertThat(next(USUAL, 21, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 20)))
        .isEqualTo(step(Step.LOOK_UP, 26));
    // a second absent that came too early changes nothing
    assertThat(next(USUAL, 6, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2), lookUp(3, ABSENT, 5)))
        .isEqualTo(step(Step.LOOK_UP, 19));
  }

  @Test
  void confirmed_absent_is_sent_again_inside_the_window_and_canceled_after_it() {
    assertThat(next(USUAL, 20, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2), lookUp(3, ABSENT, 19)))
        .isEqualTo(step(Step.RESEND, 20));
    assertThat(
            next(USUAL, 289, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2), lookUp(3, ABSENT, 288)))
        .isEqualTo(step(Step.RESEND, 289));
    assertThat(
            next(USUAL, 290, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2), lookUp(3, ABSENT, 288)))
        .isEqualTo(step(Step.CANCEL, 290));
  }

  @Test
  void what_a_worker_has_not_seen_pass_does_not_count_as_settling() {
    // The clock was set forward between the two: only the second is witnessed, from 100 on.
    assertThat(
            next(
                USUAL,
                100,
                100,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 14),
                lookUp(3, ABSENT, 100)))
        .as("the send may have begun just before 100")
        .isEqualTo(step(Step.LOOK_UP, 100 + LEASE + 5 + 1));
    assertThat(
            next(
                USUAL,
                15,
                15,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 14),
                lookUp(3, AMBIGUOUS, 15)))
        .as("no witnessed absent yet")
        .isEqualTo(step(Step.LOOK_UP, 15));
    // In one witnessed stretch, but not the send.
    assertThat(
            next(USUAL, 24, 5, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 5), lookUp(3, ABSENT, 23)))
        .isEqualTo(step(Step.LOOK_UP, 24));
    assertThat(
            next(USUAL, 25, 5, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 5), lookUp(3, ABSENT, 24)))
        .isEqualTo(step(Step.RESEND, 25));
    // The clock was set back, and shows the send in the future.
    assertThat(
            next(
                USUAL,
                101,
                50,
                send(1, AMBIGUOUS, 80),
                lookUp(2, ABSENT, 51),
                lookUp(3, ABSENT, 98)))
        .isEqualTo(step(Step.LOOK_UP, 101));
    assertThat(
            next(
                USUAL,
                101,
                50,
                send(1, AMBIGUOUS, 80),
                lookUp(2, ABSENT, 51),
                lookUp(3, ABSENT, 99)))
        .isEqualTo(step(Step.RESEND, 101));
  }

  @Test
  void only_what_was_found_last_confirms_and_a_resend_that_never_left_was_confirmed_before() {
    assertThat(
            next(
                USUAL,
                40,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 2),
                lookUp(3, ABSENT, 30),
                lookUp(4, AMBIGUOUS, 35)))
        .isEqualTo(step(Step.LOOK_UP, 40));
    assertThat(
            next(
                USUAL,
                40,
                33,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 2),
                lookUp(3, ABSENT, 30),
                send(4, NOT_SENT, 31)))
        .isEqualTo(step(Step.RESEND, 40));
  }

  @Test
  void a_worker_that_is_restarted_all_the_time_comes_to_an_end_when_the_window_has_closed() {
    List<Attempt> attempts = new ArrayList<>(List.of(send(1, AMBIGUOUS, 0)));
    NextStep next = new Proceed(Step.LOOK_UP, at(1));
    for (int born = 5; next instanceof Proceed go && go.step() == Step.LOOK_UP; born += 10) {
      assertThat(born).as("the window closes at 289").isLessThan(289 + 30);
      // Lives for ten seconds, and asks as often as it may.
      int now = Math.max(born, seconds(go.notBefore()));
      while (now < born + 10 && next instanceof Proceed again && again.step() == Step.LOOK_UP) {
        attempts.add(lookUp(attempts.size() + 1, ABSENT, now));
        next = Resolution.next(USUAL, attempts, FIRST, at(now), at(born), wished(1));
        now = next instanceof Proceed later ? seconds(later.notBefore()) : now;
      }
    }
    assertThat(next)
        .isInstanceOfSatisfying(Proceed.class, p -> assertThat(p.step()).isEqualTo(Step.CANCEL));
  }

  @Test
  void absents_before_a_resend_prove_nothing_about_it() {
    assertThat(
            next(
                USUAL,
                40,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 2),
                lookUp(3, ABSENT, 19),
                send(4, AMBIGUOUS, 20)))
        .isEqualTo(step(Step.LOOK_UP, 40));
  }

  @Test
  void a_processor_that_pins_every_answer_needs_one_absent_only() {
    ProcessorProfile pinning = profile(ALL, true, true);

    assertThat(next(pinning, 3, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2)))
        .isEqualTo(step(Step.RESEND, 3));
    assertThat(next(pinning, 300, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 2)))
        .isEqualTo(step(Step.CANCEL, 300));
  }

  @Test
  void a_pinned_server_error_makes_sending_again_useless() {
    assertThat(next(profile(ALL, true, true), 3, answered(1, 500, 0), lookUp(2, ABSENT, 2)))
        .isEqualTo(step(Step.CANCEL, 3));
    assertThat(next(profile(ALL, false, true), 3, answered(1, 503, 0)))
        .isEqualTo(step(Step.CANCEL, 3));
  }

  @Test
  void a_processor_that_cannot_be_asked_gets_a_resend_only_if_it_pins_every_answer() {
    assertThat(next(profile(ALL, false, true), 3, send(1, AMBIGUOUS, 0)))
        .isEqualTo(step(Step.RESEND, 3));
    assertThat(next(profile(SUCCESSES, false, true), 3, send(1, AMBIGUOUS, 0)))
        .isEqualTo(step(Step.CANCEL, 3));
  }

  @Test
  void what_can_neither_be_asked_nor_canceled_waits_for_a_person() {
    assertThat(next(profile(SUCCESSES, false, false), 3, send(1, AMBIGUOUS, 0)))
        .isInstanceOf(Park.class);
    assertThat(
            next(
                profile(SUCCESSES, true, false),
                400,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 2),
                lookUp(3, ABSENT, 399)))
        .isInstanceOf(Park.class);
  }

  @Test
  void what_a_person_sent_back_to_be_looked_up_waits_again_where_that_says_nothing() {
    for (Outcome nothing : List.of(AMBIGUOUS, ABSENT)) {
      assertThat(
              next(
                  profile(SUCCESSES, false, false),
                  900,
                  send(1, AMBIGUOUS, 0),
                  lookUp(2, nothing, 890)))
          .isInstanceOf(Park.class);
    }
  }

  @Test
  void a_cancel_without_an_answer_is_made_again() {
    assertThat(
            next(
                USUAL,
                400,
                send(1, AMBIGUOUS, 0),
                lookUp(2, ABSENT, 2),
                lookUp(3, ABSENT, 300),
                attempt(4, CANCEL, AMBIGUOUS, 301, null)))
        .isEqualTo(step(Step.CANCEL, 400));
  }

  @Test
  void what_the_processor_may_have_forgotten_waits_for_a_person() {
    // Retention 600 less skew 1: absent at 599 is proof, at 600 it is none.
    assertThat(
            next(USUAL, 599, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 20), lookUp(3, ABSENT, 599)))
        .isEqualTo(step(Step.CANCEL, 599));
    assertThat(
            next(USUAL, 600, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 20), lookUp(3, ABSENT, 600)))
        .isInstanceOf(Park.class);
    assertThat(next(profile(ALL, true, true), 600, send(1, AMBIGUOUS, 0), lookUp(2, ABSENT, 600)))
        .isInstanceOf(Park.class);
    // It is still asked: what it finds is proof.
    assertThat(next(USUAL, 9_999, send(1, AMBIGUOUS, 0))).isEqualTo(step(Step.LOOK_UP, 9_999));
    assertThat(next(profile(SUCCESSES, false, true), 600, send(1, AMBIGUOUS, 0)))
        .isInstanceOf(Park.class);
    assertThat(
            next(
                profile(SUCCESSES, false, true),
                600,
                send(1, AMBIGUOUS, 0),
                attempt(2, CANCEL, AMBIGUOUS, 598, null)))
        .isInstanceOf(Park.class);
  }

  @Test
  void a_tombstone_proves_something_while_the_processor_remembers() {
    assertThat(Resolution.canceled(USUAL, FIRST, at(599)))
        .isEqualTo(new NextStep.Conclude(Status.CANCELED, null, null));
    assertThat(Resolution.canceled(USUAL, FIRST, at(600))).isInstanceOf(Park.class);
  }

  /**
   * The last call that surely proves something begins at 588; what is known is forgotten at 599.
   */
  @Test
  void a_backoff_takes_no_more_than_its_share_of_the_time_in_which_there_is_something_to_learn() {
    Attempt sent = send(1, AMBIGUOUS, 0);
    Attempt absent = lookUp(2, ABSENT, 101);
    Attempt confirmed = lookUp(3, ABSENT, 401);
    ProcessorProfile pinning = profile(ALL, true, true);
    ProcessorProfile deaf = profile(SUCCESSES, true, false);
    record Row(
        String why,
        ProcessorProfile profile,
        List<Attempt> tried,
        int now,
        int wished,
        Proceed is) {}
    List<Row> table =
        List.of(
            new Row("short", USUAL, List.of(sent), 102, 7, step(Step.LOOK_UP, 109)),
            new Row("(588 - 6 - 102) / 4", USUAL, List.of(sent), 102, 300, step(Step.LOOK_UP, 222)),
            new Row("/ 3", USUAL, List.of(sent, absent), 102, 300, step(Step.LOOK_UP, 264)),
            new Row(
                "/ 2", USUAL, List.of(sent, absent, confirmed), 402, 300, step(Step.CANCEL, 495)),
            new Row(
                "588 has passed: (599 - 589) / 2",
                USUAL,
                List.of(sent, absent, confirmed),
                589,
                300,
                step(Step.CANCEL, 594)),
            new Row(
                "after 599 there is no hurry",
                USUAL,
                List.of(sent),
                600,
                300,
                step(Step.LOOK_UP, 900)),
            new Row("needs one absent", pinning, List.of(sent), 102, 300, step(Step.LOOK_UP, 264)),
            new Row(
                "only a resend decides: (289 - 6 - 103) / 4",
                deaf,
                List.of(sent),
                103,
                300,
                step(Step.LOOK_UP, 148)),
            new Row(
                "(289 - 109) / 2",
                profile(ALL, false, false),
                List.of(sent),
                109,
                300,
                step(Step.RESEND, 199)),
            new Row("no resend any more", deaf, List.of(sent), 290, 100, step(Step.LOOK_UP, 390)),
            new Row(
                "never sent",
                USUAL,
                List.of(send(1, NOT_SENT, 0)),
                580,
                300,
                step(Step.SEND, 880)));
    for (Row row : table) {
      assertThat(
              Resolution.next(
                  row.profile(), row.tried(), FIRST, at(row.now()), FIRST, wished(row.wished())))
          .as("%s, at %d", row.why(), row.now())
          .isEqualTo(row.is());
    }
  }

  @Test
  void what_the_processor_asks_for_is_waited_for_even_if_it_costs_the_proof() {
    assertThat(
            Resolution.next(
                USUAL,
                List.of(send(1, AMBIGUOUS, 0)),
                FIRST,
                at(500),
                FIRST,
                Pause.asked(Duration.ofMinutes(5))))
        .isEqualTo(step(Step.LOOK_UP, 800));
  }

  @Test
  void whatever_the_backoff_says_what_is_answered_in_time_is_decided_in_time() {
    long seed = new Random().nextLong();
    System.out.println("whatever_the_backoff_says seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      ProcessorProfile profile = profile(SUCCESSES, true, true);
      int sentAt = random.nextInt(290);
      List<Attempt> attempts = new ArrayList<>(List.of(send(1, AMBIGUOUS, sentAt)));
      // Not later than this there is time for three calls that take as long as they may.
      int now = sentAt + random.nextInt(588 - 3 * 10 - LEASE - 6 - sentAt);
      for (Step step = Step.LOOK_UP; step != Step.CANCEL; ) {
        NextStep next =
            Resolution.next(
                profile, attempts, FIRST, at(now), FIRST, wished(200 + random.nextInt(101)));
        assertThat(next).as("seed %d, run %d: %s", seed, run, attempts).isInstanceOf(Proceed.class);
        Proceed proceed = (Proceed) next;
        // A resend begins the same again, later: it is not what is looked at here.
        step = proceed.step() == Step.RESEND ? Step.CANCEL : proceed.step();
        now = seconds(proceed.notBefore()) + 1;
        assertThat(now).as("seed %d, run %d: %s", seed, run, attempts).isLessThanOrEqualTo(589);
        attempts.add(
            new Attempt(
                attempts.size() + 1,
                LOOK_UP,
                ABSENT,
                at(now),
                at(now += random.nextInt(11)),
                404,
                1));
      }
    }
  }

  @Test
  void no_sequence_of_answers_yields_a_send_outside_the_window_or_a_way_back_to_the_first_send() {
    long seed = new Random().nextLong();
    System.out.println("no_sequence_of_answers seed " + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      ProcessorProfile profile =
          profile(
              random.nextBoolean() ? ALL : SUCCESSES, random.nextBoolean(), random.nextBoolean());
      List<Attempt> attempts = new ArrayList<>();
      int now = 0;
      Step step = Step.SEND;
      boolean ambiguous = false;
      while (attempts.size() < 12 && step != Step.PARKED) {
        Attempt attempt = random(random, attempts.size() + 1, step, now);
        attempts.add(attempt);
        ambiguous |= attempt.mayHaveActed();
        now += random.nextInt(60);
        NextStep next =
            Resolution.next(profile, attempts, FIRST, at(now), FIRST, wished(random.nextInt(30)));
        if (!(next instanceof Proceed proceed)) {
          break;
        }
        assertThat(proceed.notBefore()).isAfterOrEqualTo(at(now));
        if (proceed.step() == Step.RESEND) {
          assertThat(proceed.notBefore()).isBeforeOrEqualTo(at(289));
        }
        assertThat(proceed.step() == Step.SEND).isEqualTo(!ambiguous);
        assertThat(proceed.step() == Step.LOOK_UP && !profile.lookUpByKey()).isFalse();
        assertThat(proceed.step() == Step.CANCEL && !profile.cancelByKey()).isFalse();
        step = proceed.step();
        now = seconds(proceed.notBefore());
      }
    }
  }

  private static Attempt random(Random random, int n, Step step, int at) {
    return switch (step) {
      case SEND, RESEND -> {
        boolean sent = random.nextInt(3) > 0;
        Integer status = random.nextBoolean() ? Integer.valueOf(500) : null;
        yield sent ? attempt(n, SEND, AMBIGUOUS, at, status) : send(n, NOT_SENT, at);
      }
      case LOOK_UP -> lookUp(n, random.nextBoolean() ? ABSENT : AMBIGUOUS, at);
      case CANCEL -> attempt(n, CANCEL, AMBIGUOUS, at, null);
      case PARKED -> throw new IllegalStateException();
    };
  }

  private static NextStep next(ProcessorProfile profile, int now, Attempt... attempts) {
    return next(profile, now, 0, attempts);
  }

  private static NextStep next(
      ProcessorProfile profile, int now, int steadySince, Attempt... attempts) {
    return Resolution.next(profile, List.of(attempts), FIRST, at(now), at(steadySince), Pause.NONE);
  }

  private static Pause wished(int seconds) {
    return Pause.wished(Duration.ofSeconds(seconds));
  }

  private static Proceed step(Step step, int notBefore) {
    return new Proceed(step, at(notBefore));
  }

  private static Attempt send(int n, Outcome outcome, int at) {
    return attempt(n, SEND, outcome, at, null);
  }

  private static Attempt answered(int n, int status, int at) {
    return attempt(n, SEND, AMBIGUOUS, at, status);
  }

  private static Attempt lookUp(int n, Outcome outcome, int at) {
    return attempt(n, LOOK_UP, outcome, at, null);
  }

  private static Attempt attempt(int n, Call call, Outcome outcome, int at, Integer status) {
    int ended = call == SEND && outcome == AMBIGUOUS ? at + LEASE : at;
    return new Attempt(n, call, outcome, at(at), at(ended), status, null);
  }

  private static int seconds(Instant at) {
    return (int) Duration.between(FIRST, at).toSeconds();
  }

  private static Instant at(int seconds) {
    return FIRST.plusSeconds(seconds);
  }
}
