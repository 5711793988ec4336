package io.onceledger.mockprocessor.idempotency;

import io.onceledger.mockprocessor.effect.Instruction;

/** What a key's past means for a request that comes with it. */
public enum Verdict {
  ACT,
  REPEAT_RESULT,
  REPEAT_FAILURE,
  CANCELED,
  OTHER_PARAMETERS;

  /**
   * Decides from what the key is bound to.
   *
   * @param bound the instruction that bound the key; read only if the pin is one to an answer
   */
  static Verdict of(Pin pin, Instruction bound, Instruction asked) {
    return switch (pin) {
      case NOTHING -> ACT;
      case TOMBSTONE -> CANCELED;
      case RESULT -> bound.equals(asked) ? REPEAT_RESULT : OTHER_PARAMETERS;
      case FAILURE -> bound.equals(asked) ? REPEAT_FAILURE : OTHER_PARAMETERS;
    };
  }
}
