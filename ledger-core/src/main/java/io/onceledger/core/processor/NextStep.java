package io.onceledger.core.processor;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Step;
import java.time.Instant;

/** What follows from all attempts together. */
public sealed interface NextStep {

  /** The message goes on: {@code step}, not before {@code notBefore} on the database's clock. */
  record Proceed(Step step, Instant notBefore) implements NextStep {}

  /**
   * It is decided.
   *
   * @param status final
   * @param declineCode null unless declined
   * @param processorId the processor's own id of the payment or refund; null unless it named one
   */
  record Conclude(Status status, String declineCode, String processorId) implements NextStep {}

  /** It cannot be decided by asking: a person has to. */
  record Park(String reason) implements NextStep {}
}
