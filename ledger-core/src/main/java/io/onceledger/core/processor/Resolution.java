package io.onceledger.core.processor;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Picks the next step of a message that no attempt has decided. Pure: a function of the profile,
 * all attempts, and the database's clock. An ambiguous charge is never called declined, and is sent
 * again only where the processor's promises make that safe.
 */
public final class Resolution {

  private static final int SERVER_ERROR = 500;

  private static final Park FORGOTTEN =
      new Park(
          "The charge may have taken effect: it was first sent so long ago that the processor may"
              + " have forgotten its key");

  private final ProcessorProfile profile;
  private final List<Attempt> attempts;
  private final Instant firstSentAt;
  private final Instant now;

  private Resolution(
      ProcessorProfile profile, List<Attempt> attempts, Instant firstSentAt, Instant now) {
    this.profile = profile;
    this.attempts = attempts;
    this.firstSentAt = firstSentAt;
    this.now = now;
  }

  /**
   * The next step.
   *
   * @param attempts all of the message, in order; none of them approved, declined or canceled
   * @param firstSentAt when the window began
   * @param now the database's clock
   * @param earliest from the backoff, or as the processor asked for; a step may be later, never
   *     earlier
   */
  public static NextStep next(
      ProcessorProfile profile,
      List<Attempt> attempts,
      Instant firstSentAt,
      Instant now,
      Instant earliest) {
    return new Resolution(profile, attempts, firstSentAt, now).next(earliest);
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
    if (absents.get(absents.size() - 1).endedBy().isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    if (profile.caches() == Caches.ALL) {
      return aServerErrorWasAnswered() ? cancel(earliest) : resendOrCancel(earliest);
    }
    Instant settled =
        latest(absents.get(0).endedBy(), lastSend.get().endedBy()).plus(profile.settleTime());
    boolean confirmed = absents.stream().anyMatch(a -> !a.claimedAt().isBefore(settled));
    return confirmed
        ? resendOrCancel(earliest)
        : new Proceed(Step.LOOK_UP, latest(earliest, settled));
  }

  private NextStep withoutLookUp(Instant earliest) {
    boolean pinned = profile.caches() == Caches.ALL && !aServerErrorWasAnswered();
    return pinned ? resendOrCancel(earliest) : cancel(earliest);
  }

  private NextStep resendOrCancel(Instant earliest) {
    Instant lastStart = firstSentAt.plus(profile.retryHorizon());
    boolean inWindow = !latest(now, earliest).isAfter(lastStart);
    return inWindow ? new Proceed(Step.RESEND, earliest) : cancel(earliest);
  }

  private NextStep cancel(Instant earliest) {
    if (now.isAfter(profile.remembersUntil(firstSentAt))) {
      return FORGOTTEN;
    }
    return profile.cancelByKey()
        ? new Proceed(Step.CANCEL, earliest)
        : new Park(
            "The charge may have taken effect: the processor can neither be asked nor told to"
                + " cancel");
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
