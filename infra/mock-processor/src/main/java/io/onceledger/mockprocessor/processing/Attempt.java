package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.fault.Fault;
import java.time.Instant;

/**
 * One request with everything decided about it that does not depend on its key.
 *
 * @param declines whether chance declines it, should it come to that
 * @param late whether it was held back before
 * @param inFlight requests under way when it arrived, itself included
 */
public record Attempt(
    Instant at, Instruction asked, Fault fault, boolean declines, boolean late, int inFlight) {

  /** The same request when it is taken up again. Nothing more goes wrong: nobody listens. */
  Attempt resumed(Instant now) {
    return new Attempt(now, asked, Fault.NONE, declines, true, inFlight);
  }
}
