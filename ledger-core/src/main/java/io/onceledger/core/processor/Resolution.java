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
 * io.onceledger.core.outbox.OutboxMessages#raiseHighWater}); a look-up that finds nothing until
 * then decides nothing by itself, as window and retention are looked at again by the claim of the
 * resend and at the end of the cancel. The settle time must not be taken for shorter than it is, so
 * it is counted in {@link WitnessedTime} only.
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

  private Resolution(
      ProcessorProfile profile,
      List<Attempt> attempts,
      Instant firstSentAt,
      Instant now,
      Instant steadySince) {
    this.profile = profile;
    this.attempts = attempts;
    this.firstSentAt = firstSentAt;
    this.now = now;
    this.steadySince = steadySince;
  }

  /**
   * The next step.
   *
   * @param attempts all of the message, in order; none of them approved, declined or canceled
   * @param firstSentAt when the window began
   * @param now the database's clock
   * @param steadySince {@link WitnessedTime#steadySince} of the worker, when it made the claim of
   *     the last attempt
   * @param earliest from the backoff, or as the processor asked for; a step may be later, never
   *     earlier
   */
  public static NextStep next(
      ProcessorProfile profile,
      List<Attempt> attempts,
      Instant firstSentAt,
      Instant now,
      Instant steadySince,
      Instant earliest) {
    return new Resolution(profile, attempts, firstSentAt, now, steadySince).next(earliest);
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

  private NextStep next(Instant earliest) {
    Optional<Attempt> lastSend = last(attempts.stream().filter(Attempt::mayHaveActed));
    if (lastSend.isEmpty()) {
      return new Proceed(Step.SEND, earliest);
    }
    if (attempts.get(attempts.size() - 1).call() == Call.CANCEL) {
      // Its answer was lost. The processor orders cancel and effect: asking again is safe.
      return cancel(earliest);
    }
    if (!profile.lookUpByKey()) {
      return withoutLookUp(earliest);
    }
    List<Attempt> absents =
        attempts.stream()
            .filter(a -> a.n() > lastSend.get().n() && a.outcome() == Outcome.ABSENT)
            .toList();
    if (absents.isEmpty()) {
      return new Proceed(Step.LOOK_UP, earliest);
    }
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    if (profile.caches() == Caches.ALL) {
      return aServerErrorWasAnswered() ? cancel(earliest) : resendOrCancel(earliest);
    }
    return whenSettled(lastSend.get(), absents, earliest);
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
  private NextStep whenSettled(Attempt lastSend, List<Attempt> absents, Instant earliest) {
    Attempt latest = attempts.get(attempts.size() - 1);
    if (latest.call() == Call.SEND) {
      return resendOrCancel(earliest);
    }
    Instant since = isPastTheWindow(earliest) ? Instant.EPOCH : steadySince;
    Optional<Attempt> firstAbsent =
        absents.stream().filter(a -> !a.claimedAt().isBefore(since)).findFirst();
    if (firstAbsent.isEmpty()) {
      return new Proceed(Step.LOOK_UP, earliest);
    }
    Instant settled =
        latest(firstAbsent.get().endedBy(), witnessedEnd(lastSend, since))
            .plus(profile.settleTime())
            .plus(profile.clockSkew());
    boolean confirmed = latest.outcome() == Outcome.ABSENT && !latest.claimedAt().isBefore(settled);
    return confirmed
        ? resendOrCancel(earliest)
        : new Proceed(Step.LOOK_UP, latest(earliest, settled));
  }

  /** What began before {@code since} may have begun just before it, whatever the clock said. */
  private static Instant witnessedEnd(Attempt send, Instant since) {
    return send.claimedAt().isBefore(since)
        ? latest(send.endedBy(), since.plus(Duration.between(send.claimedAt(), send.endedBy())))
        : send.endedBy();
  }

  private NextStep withoutLookUp(Instant earliest) {
    boolean pinned = profile.caches() == Caches.ALL && !aServerErrorWasAnswered();
    return pinned ? resendOrCancel(earliest) : cancel(earliest);
  }

  private NextStep resendOrCancel(Instant earliest) {
    return isPastTheWindow(earliest) ? cancel(earliest) : new Proceed(Step.RESEND, earliest);
  }

  private boolean isPastTheWindow(Instant earliest) {
    return latest(now, earliest).isAfter(firstSentAt.plus(profile.retryHorizon()));
  }

  private NextStep cancel(Instant earliest) {
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    return profile.cancelByKey()
        ? new Proceed(Step.CANCEL, earliest)
        : new Park(
            "It may have taken effect: the processor can neither be asked nor told to" + " cancel");
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
