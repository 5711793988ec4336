package io.onceledger.core.reconciliation;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which differences a list shows: those of one date that fit every part that is present. */
public record DifferenceFilter(
    LocalDate date, Optional<DifferenceKind> kind, Optional<State> state) {

  /** Whether it still has to be explained. */
  public enum State {
    OPEN,
    RESOLVED;

    /** The state that {@code text} names. */
    public static Optional<State> parse(String text) {
      return Stream.of(values())
          .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }
}
