package io.onceledger.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits that mean something, thousands apart. */
public final class Numbers {
  private Numbers() {}

  public static String text(double number) {
    if (!Double.isFinite(number)) {
      return "–";
    }
    double size = Math.abs(number);
    String format = size >= 100 || number == 0 ? "%,.0f" : size >= 10 ? "%,.1f" : "%,.2f";
    if (size > 0 && size < 0.1) {
      format = "%,.4f";
    }
    return String.format(Locale.ROOT, format, number);
  }
}
