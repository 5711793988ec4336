package io.onceledger.standalone.demo;

import io.onceledger.standalone.demo.Evidence.Charge;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The proof as a table, and below it what is wrong. */
public final class Report {
  /** Of each kind; the rest is counted. */
  private static final int CASES = 10;

  private final List<String> lines = new ArrayList<>();

  private Report() {}

  /**
   * What the deliveries counted.
   *
   * @param requests that left, whatever became of them
   * @param again those that got no answer, or one that says to try again
   * @param answersAbandoned those that were hung up on without reading the answer
   * @param replayed answers that say so
   */
  public record Sent(long requests, long again, long answersAbandoned, long replayed) {}

  static List<String> lines(Sent sent, Evidence evidence, Processor.Counts processor, Proof proof) {
    Report report = new Report();
    report.row("intents", evidence.orders().size());
    report.row("deliveries", sent.requests());
    report.row("  repeated because of their answer", sent.again());
    report.row("  hung up on without reading the answer", sent.answersAbandoned());
    report.row("replays absorbed here", sent.replayed());
    byStatus(evidence).forEach((status, charges) -> report.row("charges " + status, charges));
    report.row("requests at the processor", processor.requests());
    report.row("  effects", processor.effects());
    report.row("  absorbed there", processor.absorbed());
    Books.of(evidence).forEach(report::books);
    report.row("refused", proof.refused().size());
    report.row("not final", proof.notFinal().size());
    report.row("different receipts", proof.differentReceipts().size());
    report.row("double effects", proof.doubled().size());
    report.row("lost", proof.lost().size());
    report.row("violations", proof.violations().size());
    report.cases("refused", proof.refused());
    report.cases("not final", proof.notFinal());
    report.cases("different receipts", proof.differentReceipts());
    report.cases("double effect", proof.doubled());
    report.cases("lost", proof.lost());
    report.cases("unbalanced", proof.unbalanced());
    report.cases("violation", proof.violations());
    report.lines.add(
        proof.holds()
            ? "Proven: every charge is final, and was made once or not at all."
            : "NOT proven: see above.");
    return report.lines;
  }

  private static Map<String, Long> byStatus(Evidence evidence) {
    return evidence.charges().values().stream()
        .collect(Collectors.groupingBy(Charge::status, TreeMap::new, Collectors.counting()));
  }

  private void row(String name, long count) {
    lines.add(String.format("%-42s %18s", name, String.format("%,d", count)));
  }

  private void books(Books books) {
    boolean balanced =
        books.debits().equals(books.credits()) && books.posted().equals(books.succeeded());
    lines.add(
        String.format(
            "%-42s %18s",
            "ledger " + books.currency() + (balanced ? " balanced" : " NOT BALANCED") + ", charged",
            money(books.succeeded(), books.currency())));
  }

  private void cases(String kind, List<String> cases) {
    cases.stream().limit(CASES).forEach(one -> lines.add(kind + ": " + one));
    if (cases.size() > CASES) {
      lines.add(kind + ": and " + (cases.size() - CASES) + " more");
    }
  }

  private static String money(BigInteger minorUnits, String currency) {
    int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return String.format("%,." + digits + "f", new BigDecimal(minorUnits, digits));
  }
}
