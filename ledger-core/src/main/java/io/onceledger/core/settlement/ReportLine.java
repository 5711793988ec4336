package io.onceledger.core.settlement;

import io.onceledger.core.id.PublicId;
import java.time.Instant;
import java.util.UUID;

/** A line of a report as it was read. */
public sealed interface ReportLine {

  /** The line of the file, its header being line 1. */
  long number();

  /**
   * One that can be stored.
   *
   * @param id proposed; the source of its entries if it is new
   * @param resource the id that the reference spells; null when it spells none
   * @param amount minor units of {@code currency}, zero or more
   * @param fee what the processor keeps of it, likewise
   */
  record Settled(
      long number,
      UUID id,
      UUID merchant,
      LineType type,
      String payment,
      String reference,
      UUID resource,
      long amount,
      String currency,
      long fee,
      Instant settledAt)
      implements ReportLine {

    Settled(
        long number,
        UUID merchant,
        LineType type,
        String payment,
        String reference,
        long amount,
        String currency,
        long fee,
        Instant settledAt) {
      this(
          number,
          PublicId.next(),
          merchant,
          type,
          payment,
          reference,
          type.resource(reference),
          amount,
          currency,
          fee,
          settledAt);
    }
  }

  /**
   * One that cannot.
   *
   * @param reason what is wrong, and never what is in it: that may be anything
   */
  record Rejected(long number, String reason) implements ReportLine {}
}
