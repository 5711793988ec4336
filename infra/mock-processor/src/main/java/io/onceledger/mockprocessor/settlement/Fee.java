package io.onceledger.mockprocessor.settlement;

import io.onceledger.mockprocessor.effect.Resource;

/** What the processor keeps: 1.5 % of a payment, rounded half up; nothing of what goes back. */
final class Fee {
  private static final long PER_MILLE = 15;

  private Fee() {}

  static long of(Resource resource, long amount) {
    return switch (resource) {
      case PAYMENT -> (Math.multiplyExact(amount, PER_MILLE) + 500) / 1_000;
      case REFUND, DISPUTE -> 0;
    };
  }
}
