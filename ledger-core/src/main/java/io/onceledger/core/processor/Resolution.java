package io.onceledger.core.processor;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Picks the next step of a message that no attempt has decided. Pure: a function of the profile,
 * all attempts, and the database's clock. An ambiguous charge is never called declined, and is sent
 * again only where the processor's promises make that safe.
 *
 * <p>What a database's clock that is set can do to it: the window and the retention must not be
 * taken for longer than they are. Set forward, the clock closes both too early, which is safe. When
 * it is set back, the times of all messages are, before anything but a look-up is claimed ({@link
 * io.onceledger.core.outbox.HighWater#raise}); a look-up that finds nothing until then decides
 * nothing by itself, as window and retention are looked at again by the claim of the resend and at
 * the end of the cancel. The settle time must not be taken for shorter than it is, so it is counted
 * in {@link WitnessedTime} only.
 */
public final class Resolution {

  private static final int SERVER_ERROR = 500;

  private static final Park FORGOTTEN =
      new Park(
          "It may have taken effect: it was first sent so long ago that the processor may"
              + " have forgotten its key");

  private final ProcessorProfile profile;
  private final List<Attempt> attempts;
  private final Instant firstSentAt;
  private final Instant now;
  private final Instant steadySince;
  private final Pause pause;

  private Resolution(
      ProcessorProfile profile,
      List<Attempt> attempts,
      Instant firstSentAt,
      Instant now,
      Instant steadySince,
      Pause pause) {
    this.profile = profile;
    this.attempts = attempts;
    this.firstSentAt = firstSentAt;
    this.now = now;
    this.steadySince = steadySince;
    this.pause = pause;
  }

  /**
   * The next step.
   *
   * @param attempts all of the message, in order; none of them approved, declined or canceled
   * @param firstSentAt when the window began; of what was never sent, as far as is known, when it
   *     may have been at the earliest
   * @param now the database's clock
   * @param steadySince {@link WitnessedTime#steadySince} of the worker, when it made the claim of
   *     the last attempt
   * @param pause before the next step; it may begin later
   */
  public static NextStep next(
      ProcessorProfile profile,
      List<Attempt> attempts,
      Instant firstSentAt,
      Instant now,
      Instant steadySince,
      Pause pause) {
    return new Resolution(profile, attempts, firstSentAt, now, steadySince, pause).next();
  }

  /**
   * What follows when the processor says that it has canceled the key: that it is canceled, unless
   * the processor may have forgotten by then what had happened under the key.
   */
  public static NextStep canceled(ProcessorProfile profile, Instant firstSentAt, Instant now) {
    return now.isAfter(profile.remembersUntil(firstSentAt))
        ? FORGOTTEN
        : new Conclude(Status.CANCELED, null, null);
  }

  private NextStep next() {
    Optional<Attempt> lastSend = last(attempts.stream().filter(Attempt::mayHaveActed));
    if (lastSend.isEmpty()) {
      return firstSend();
    }
    if (attempts.get(attempts.size() - 1).call() == Call.CANCEL) {
      // Its answer was lost. The processor orders cancel and effect: asking again is safe.
      return cancel();
    }
    if (!profile.lookUpByKey()) {
      return withoutLookUp();
    }
    List<Attempt> absents =
        attempts.stream()
            .filter(a -> a.n() > lastSend.get().n() && a.outcome() == Outcome.ABSENT)
            .toList();
    if (absents.isEmpty()) {
      return firstLookUp(lastSend.get());
    }
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    if (profile.caches() == Caches.ALL) {
      return aServerErrorWasAnswered() ? cancel() : resendOrCancel();
    }
    return whenSettled(lastSend.get(), absents);
  }

  /**
   * Nobody asks about what was never sent, unless after a restore. What was sent before that, by
   * workers that have been stopped since, ends within a call, and shows a settle time later: only
   * then does a look-up that finds nothing mean that this send is the first, and only as long as
   * the processor remembers.
   */
  private NextStep firstSend() {
    Attempt latest = attempts.get(attempts.size() - 1);
    if (latest.call() != Call.LOOK_UP) {
      return new Proceed(Step.SEND, pause.endsAt(now));
    }
    if (latest.outcome() != Outcome.ABSENT) {
      return new Proceed(Step.LOOK_UP, pause.endsAt(now));
    }
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    Instant settled =
        steadySince
            .plus(profile.callTimeout())
            .plus(profile.settleTime())
            .plus(profile.clockSkew());
    return latest.claimedAt().isBefore(settled)
        ? new Proceed(Step.LOOK_UP, latest(now, settled))
        : new Proceed(Step.SEND, now);
  }

  /**
   * If it finds nothing, it is followed by another one or not, and then by a resend or a cancel.
   */
  private Proceed firstLookUp(Attempt lastSend) {
    if (profile.caches() == Caches.ALL) {
      return new Proceed(Step.LOOK_UP, afterPause(2, Duration.ZERO));
    }
    Instant settled =
        latest(now, lastSend.endedBy()).plus(profile.settleTime()).plus(profile.clockSkew());
    return new Proceed(Step.LOOK_UP, afterPause(3, Duration.between(now, settled)));
  }

  /**
   * Sending again may act anew. So a first look-up must have found nothing, and another one a
   * settle time after it and after the end of the last send, all of it in witnessed time. That of
   * another worker is as good, if it fell into what this one has witnessed; the last one is this
   * one's own, or was found to be enough by whoever then claimed a resend that never left.
   *
   * <p>Past the window nothing is sent again, and a cancel is safe at any time: it only gives a
   * late effect the time to show. So that a worker that is restarted all the time comes to an end,
   * that time need not be witnessed.
   */
  private NextStep whenSettled(Attempt lastSend, List<Attempt> absents) {
    Attempt latest = attempts.get(attempts.size() - 1);
    if (latest.call() == Call.SEND) {
      return resendOrCancel();
    }
    Instant earliest = afterPause(2, Duration.ZERO);
    Instant since = isPastTheWindow(earliest) ? Instant.EPOCH : steadySince;
    Optional<Attempt> firstAbsent =
        absents.stream().filter(a -> isWithin(since, a.claimedAt())).findFirst();
    if (firstAbsent.isEmpty()) {
      return new Proceed(Step.LOOK_UP, earliest);
    }
    Instant settled =
        latest(firstAbsent.get().endedBy(), witnessedEnd(lastSend, since))
            .plus(profile.settleTime())
            .plus(profile.clockSkew());
    boolean confirmed = latest.outcome() == Outcome.ABSENT && !latest.claimedAt().isBefore(settled);
    return confirmed ? resendOrCancel() : new Proceed(Step.LOOK_UP, latest(earliest, settled));
  }

  /**
   * What began before {@code since} may have begun just before it, whatever the clock said then:
   * also a time that has not come yet, if it was set back.
   */
  private Instant witnessedEnd(Attempt send, Instant since) {
    if (isWithin(since, send.claimedAt())) {
      return send.endedBy();
    }
    Instant end = since.plus(Duration.between(send.claimedAt(), send.endedBy()));
    return send.claimedAt().isAfter(now) ? end : latest(send.endedBy(), end);
  }

  private boolean isWithin(Instant since, Instant claimedAt) {
    return !claimedAt.isBefore(since) && !claimedAt.isAfter(now);
  }

  private NextStep withoutLookUp() {
    boolean pinned = profile.caches() == Caches.ALL && !aServerErrorWasAnswered();
    return pinned ? resendOrCancel() : cancel();
  }

  private NextStep resendOrCancel() {
    Instant earliest = afterPause(1, Duration.ZERO);
    return isPastTheWindow(earliest) ? cancel() : new Proceed(Step.RESEND, earliest);
  }

  private boolean isPastTheWindow(Instant earliest) {
    return latest(now, earliest).isAfter(firstSentAt.plus(profile.retryHorizon()));
  }

  private NextStep cancel() {
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    return profile.cancelByKey()
        ? new Proceed(Step.CANCEL, afterPause(1, Duration.ZERO))
        : new Park(
            "It may have taken effect: the processor can neither be asked nor told to" + " cancel");
  }

  /**
   * When the pause is over. What is found out late proves nothing any more, so a backoff that has
   * grown long must not outlast what there is to find out: each of the steps that are needed until
   * it is decided waits for its share of the time that is left, and one share is kept for what goes
   * wrong. The shares become smaller with the time, so there are few tries and not a storm of them.
   *
   * @param steps that are needed if all that follow find nothing
   * @param settling that has to pass between them
   */
  private Instant afterPause(int steps, Duration settling) {
    Instant lastStep =
        profile.cancelByKey()
            ? profile.lastCallBegins(firstSentAt)
            : firstSentAt.plus(profile.retryHorizon());
    Instant proves = profile.cancelByKey() ? profile.remembersUntil(firstSentAt) : lastStep;
    // An answer is mostly faster than it has to be: there is some hope even then.
    return Stream.of(lastStep.minus(settling), proves)
        .filter(end -> end.isAfter(now))
        .findFirst()
        .map(end -> pause.endsAt(now, Duration.between(now, end).dividedBy(steps + 1L)))
        .orElseGet(() -> pause.endsAt(now));
  }

  private boolean aServerErrorWasAnswered() {
    return attempts.stream()
        .anyMatch(
            a -> a.mayHaveActed() && a.httpStatus() != null && a.httpStatus() >= SERVER_ERROR);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static <T> Optional<T> last(Stream<T> items) {
    return items.reduce((first, second) -> second);
  }
}
