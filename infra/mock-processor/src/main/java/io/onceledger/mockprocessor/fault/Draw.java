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
    long request = mix(mix(faults.seed()) + n);
    boolean declines = chance(request, DECLINE) < faults.declineRate();
    int jitter = (int) (chance(request, JITTER) * (faults.latencyJitterMs() + 1));
    return new Draw(fault(faults, request), declines, faults.latencyMs() + jitter);
  }

  private static Fault fault(Faults faults, long request) {
    for (int question = 0; question < FAULTS.length; question++) {
      double rate = faults.rate(FAULTS[question]);
      if (rate > 0 && chance(request, question) < rate) {
        return FAULTS[question];
      }
    }
    return Fault.NONE;
  }

  /** A number in [0, 1), from the 53 bits that a double has. */
  private static double chance(long request, int question) {
    return (mix(request + question) >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64: every bit of the input moves half of the output's. */
  private static long mix(long z) {
    long a = z + 0x9e3779b97f4a7c15L;
    long b = (a ^ (a >>> 30)) * 0xbf58476d1ce4e5b9L;
    long c = (b ^ (b >>> 27)) * 0x94d049bb133111ebL;
    return c ^ (c >>> 31);
  }
}
