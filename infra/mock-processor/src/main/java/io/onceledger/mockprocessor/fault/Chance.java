package io.onceledger.mockprocessor.fault;

/** Numbers that look like chance and follow from a seed. */
final class Chance {
  private Chance() {}

  /** What all answers about the n-th thing under a seed follow from. */
  static long of(long seed, long n) {
    return mix(mix(seed) + n);
  }

  /**
   * The answer to one question about it: a number in [0, 1), from the 53 bits that a double has.
   */
  static double answer(long chance, int question) {
    return (mix(chance + question) >>> 11) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64: every bit of the input moves half of the output's. */
  private static long mix(long z) {
    long a = z + 0x9e3779b97f4a7c15L;
    long b = (a ^ (a >>> 30)) * 0xbf58476d1ce4e5b9L;
    long c = (b ^ (b >>> 27)) * 0x94d049bb133111ebL;
    return c ^ (c >>> 31);
  }
}
