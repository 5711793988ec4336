package io.onceledger.core.processor;

import java.time.Duration;
import java.time.Instant;

/**
 * How long not to try again.
 *
 * @param least as the processor asked for: nothing is earlier
 * @param wished by the backoff, where nobody asked; less where waiting so long would cost the proof
 */
public record Pause(Duration least, Duration wished) {

  /** Go on at once. */
  public static final Pause NONE = new Pause(Duration.ZERO, Duration.ZERO);

  /** The processor has asked for it. */
  public static Pause asked(Duration least) {
    return new Pause(least, least);
  }

  /** It is we who think that it is better. */
  public static Pause wished(Duration wished) {
    return new Pause(Duration.ZERO, wished);
  }

  /** When it is over if it begins now. */
  Instant endsAt(Instant now) {
    return now.plus(wished);
  }

  /** The same, if it should not take longer than {@code most}. */
  Instant endsAt(Instant now, Duration most) {
    Duration shortened = wished.compareTo(most) > 0 ? most : wished;
    return now.plus(shortened.compareTo(least) > 0 ? shortened : least);
  }
}
