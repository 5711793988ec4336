package io.onceledger.core.testing;

import io.onceledger.core.id.PublicId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A settlement report as a processor writes it, line by line. */
public final class TestReport {

  public static final String HEADER =
      "payment,reference,merchant_account,type,amount,currency,fee,settled_at";

  private static final String TIME = "2026-11-20T12:00:00.000000Z";

  private final List<String> lines = new ArrayList<>(List.of(HEADER));

  /** A payment for this charge in USD. */
  public TestReport payment(UUID merchant, String payment, UUID charge, long amount, long fee) {
    return line(merchant, "payment", payment, PublicId.CHARGE.text(charge), amount, "USD", fee);
  }

  public TestReport line(
      UUID merchant,
      String type,
      String payment,
      String reference,
      long amount,
      String currency,
      long fee) {
    return raw(
        String.join(
            ",",
            payment,
            reference,
            PublicId.MERCHANT.text(merchant),
            type,
            Long.toString(amount),
            currency,
            Long.toString(fee),
            TIME));
  }

  /** Whatever this is. */
  public TestReport raw(String line) {
    lines.add(line);
    return this;
  }

  public String text() {
    return String.join("\n", lines) + "\n";
  }

  /** The file. */
  public InputStream open() {
    return new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8));
  }
}
