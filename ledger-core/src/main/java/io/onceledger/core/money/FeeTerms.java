package io.onceledger.core.money;

/**
 * What we take of a charge. Copied to the charge at acceptance: a new price never changes an old
 * charge.
 *
 * @param basisPoints 1/100 of a percent, 0 to 10,000
 * @param fixed minor units of the charge's currency, not negative
 */
public record FeeTerms(int basisPoints, long fixed) {

  private static final int WHOLE = 10_000;

  /** Requires both parts to be in their ranges. */
  public FeeTerms {
    if (basisPoints < 0 || basisPoints > WHOLE || fixed < 0) {
      throw new IllegalArgumentException("fee terms out of range: " + basisPoints + ", " + fixed);
    }
  }

  /**
   * The fee of a charge over {@code amount} minor units: the share, rounded half up, plus the fixed
   * part, at most the amount itself. Exact: the largest amount times 10,000 fits a long.
   */
  public long feeOf(long amount) {
    long share = (amount * basisPoints + WHOLE / 2) / WHOLE;
    return Math.min(amount, share + fixed);
  }
}
