package io.onceledger.mockprocessor.fault;

/**
 * What chance has in store for one request.
 *
 * @param declines whether the card is declined, should it come to that
 */
public record Draw(Fault fault, boolean declines, int latencyMs) {
  private static final Fault[] FAULTS = Fault.values();
  private static final int DECLINE = FAULTS.length;
  private static final int JITTER = FAULTS.length + 1;

  /**
   * Draws for the n-th request under a seed. Each question has a number of its own, so that
   * changing one rate does not change the answers to the others.
   */
  public static Draw of(Faults faults, long n) {
    long request = Chance.of(faults.seed(), n);
    boolean declines = Chance.answer(request, DECLINE) < faults.declineRate();
    int jitter = (int) (Chance.answer(request, JITTER) * (faults.latencyJitterMs() + 1));
    return new Draw(fault(faults, request), declines, faults.latencyMs() + jitter);
  }

  private static Fault fault(Faults faults, long request) {
    for (int question = 0; question < FAULTS.length; question++) {
      double rate = faults.rate(FAULTS[question]);
      if (rate > 0 && Chance.answer(request, question) < rate) {
        return FAULTS[question];
      }
    }
    return Fault.NONE;
  }
}
