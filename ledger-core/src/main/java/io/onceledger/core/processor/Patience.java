package io.onceledger.core.processor;

import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How long a message is tried while nothing is decided; afterwards a person has to look. Pure.
 *
 * <p>An outage uses up none of it: only an answer that decides nothing counts, and no answer only
 * when the processor may have forgotten the key, so that waiting for one has become pointless. It
 * is used up at each multiple of its measure, so that a message that a person has sent back to work
 * has all of it again.
 *
 * @param attempts that decide nothing
 * @param lostClaims in a row, each taken over because nothing was recorded under it: such a message
 *     makes its worker fail
 */
public record Patience(int attempts, int lostClaims) {

  private static final int SERVER_ERROR = 500;

  /**
   * Client errors that say nothing about the charge: our key is wrong (401, 403), or it is not the
   * time (408, 425, 429).
   */
  private static final Set<Integer> SAY_NOTHING = Set.of(401, 403, 408, 425, 429);

  /** None without a try. */
  public Patience {
    if (attempts < 1 || lostClaims < 1) {
      throw new IllegalArgumentException("patience is for one try at least");
    }
  }

  /**
   * {@code next}, or to park if the last attempt has used the patience up.
   *
   * @param tried all attempts of the message, in order
   */
  public NextStep limit(
      NextStep next, ProcessorProfile profile, Instant firstSentAt, List<Attempt> tried) {
    if (!(next instanceof Proceed)) {
      return next;
    }
    Attempt last = tried.get(tried.size() - 1);
    long counted = tried.stream().filter(a -> counts(a, profile, firstSentAt)).count();
    boolean usedUp = counts(last, profile, firstSentAt) && counted % attempts == 0;
    return usedUp ? new Park(reason(last, counted)) : next;
  }

  /** Whether so many claims of it have come to nothing that no more is asked for under it. */
  public boolean isUsedUpBy(ClaimedWork work) {
    return work.lostInARow() >= lostClaims;
  }

  /** Why it is parked then. */
  public static Park poison(ClaimedWork work) {
    return new Park(
        "%d claims of it in a row ended without a record: it makes the worker fail, whose log says how"
            .formatted(work.lostInARow()));
  }

  private static boolean counts(Attempt attempt, ProcessorProfile profile, Instant firstSentAt) {
    if (attempt.outcome() != Outcome.AMBIGUOUS) {
      return false;
    }
    if (decidesNothing(attempt.httpStatus())) {
      return true;
    }
    return firstSentAt != null
        && attempt.call() != Call.SEND
        && attempt.claimedAt().isAfter(profile.remembersUntil(firstSentAt));
  }

  private static boolean decidesNothing(Integer httpStatus) {
    return httpStatus != null && httpStatus < SERVER_ERROR && !SAY_NOTHING.contains(httpStatus);
  }

  private static String reason(Attempt last, long counted) {
    String answer =
        last.httpStatus() == null ? "no answer" : "an answer with status " + last.httpStatus();
    return "%d attempts have decided nothing; the last, a %s, brought %s"
        .formatted(counted, last.call().text().replace('_', '-'), answer);
  }
}
