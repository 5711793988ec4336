package io.onceledger.api.reconciliation;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Differences as CSV (RFC 4180, UTF-8), for spreadsheets: a cell that one of these would take for a
 * formula begins with an apostrophe.
 */
final class DifferenceCsv implements AutoCloseable {

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "date",
          "kind",
          "state",
          "merchant",
          "type",
          "payment",
          "reference",
          "charge",
          "refund",
          "reported_amount",
          "reported_currency",
          "our_amount",
          "our_currency",
          "our_status",
          "first_seen",
          "last_seen",
          "age_seconds",
          "resolved_at",
          "note",
          "resolved_by");

  /** What OWASP lists as the beginnings of formulas. */
  private static final String FORMULA = "=+-@\t\r";

  private final CsvWriter csv;

  /** Begins with the names of the columns. */
  DifferenceCsv(OutputStream out) {
    csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8);
    csv.writeRecord(COLUMNS);
  }

  /** One row. */
  void write(DifferenceView row) {
    csv.writeRecord(
        Stream.of(
                row.id(),
                row.date(),
                row.kind(),
                row.state(),
                row.merchant(),
                row.type(),
                row.payment(),
                row.reference(),
                row.charge(),
                row.refund(),
                row.reportedAmount(),
                row.reportedCurrency(),
                row.ourAmount(),
                row.ourCurrency(),
                row.ourStatus(),
                row.firstSeen(),
                row.lastSeen(),
                row.ageSeconds(),
                row.resolvedAt(),
                row.note(),
                row.resolvedBy())
            .map(value -> cell(Objects.toString(value, "")))
            .toList());
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  static String cell(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
