package io.onceledger.core.charge;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a charge or a refund stands. The table of edges is the only one: a status changes along it
 * or not at all.
 */
public enum Status {
  /** Accepted; no attempt has proved anything. */
  PENDING,
  /** An attempt may have taken effect, and may not. */
  UNKNOWN,
  /** A person, a notification or reconciliation decides. */
  NEEDS_REVIEW,
  SUCCEEDED,
  DECLINED,
  /** It did not take effect and never will. */
  CANCELED;

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status that {@code text} names; empty for one that this version does not know. */
  public static Optional<Status> parse(String text) {
    return Stream.of(values()).filter(status -> status.text().equals(text)).findFirst();
  }

  /** Final: nothing changes it any more. */
  public boolean isFinal() {
    return next().isEmpty();
  }

  /** Whether the edge to {@code other} exists. */
  public boolean canBecome(Status other) {
    return next().contains(other);
  }

  private Set<Status> next() {
    return switch (this) {
      case PENDING -> Set.of(UNKNOWN, SUCCEEDED, DECLINED, CANCELED);
      case UNKNOWN -> Set.of(NEEDS_REVIEW, SUCCEEDED, DECLINED, CANCELED);
      case NEEDS_REVIEW -> Set.of(SUCCEEDED, DECLINED, CANCELED);
      case SUCCEEDED, DECLINED, CANCELED -> Set.of();
    };
  }
}
