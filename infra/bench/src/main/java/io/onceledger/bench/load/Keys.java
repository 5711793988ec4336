package io.onceledger.bench.load;

/**
 * The idempotency keys that clients send: 36 characters, in random order, as keys are that clients
 * draw at random. The same as in {@code charges.lua}.
 *
 * @param count how many old ones there are, or how many of a hundred deliveries are repeats
 */
public record Keys(Kind kind, long count) {
  /** One to three million keys lie between two that share the first eight characters. */
  private static final long STEP = 88_888_889;

  private static final long SPACE = 1L << 32;

  /** How far back a repeat goes. */
  public static final int RECENT = 10_000;

  /** Bursts of repeats begin so often, and last a second. */
  public static final int BURST_EVERY_SECONDS = 5;

  /** Which keys. */
  public enum Kind {
    /** Each sent once. */
    NEW,
    /** Always the same. */
    ONE,
    /** Any of the keys 1 to count that SQL has put there, each as likely as the others. */
    OLD,
    /** New ones, and recent ones again. */
    REPEATS,
    /** As many repeats, all in one second out of five; in open loop only. */
    BURSTS
  }

  public static Keys fresh() {
    return new Keys(Kind.NEW, 0);
  }

  public static Keys one() {
    return new Keys(Kind.ONE, 0);
  }

  public static Keys old(long count) {
    return new Keys(Kind.OLD, count);
  }

  public static Keys repeats(int percent) {
    return new Keys(Kind.REPEATS, percent);
  }

  public static Keys bursts(int percent) {
    return new Keys(Kind.BURSTS, percent);
  }

  /** The n-th key of a run, whose name has eight characters. */
  static String freshKey(String run, long n) {
    return "%08x-%s-%018d".formatted(n * STEP % SPACE, run, n);
  }

  /** The n-th of those that SQL has put there, see {@code SeededCharges}. */
  static String oldKey(long n) {
    return "%08x-%027d".formatted(n * STEP % SPACE, n);
  }
}
