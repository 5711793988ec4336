package io.onceledger.core.settlement;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import io.onceledger.core.database.Instants;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.settlement.ReportLine.Rejected;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads one line of a report strictly: nothing is trimmed, rounded or guessed. Pure.
 *
 * <p>A record is one line. RFC 4180 lets a quoted field go over several, but then one quote too
 * many would swallow the rest of the file; no id of ours or of a processor has a line feed.
 */
final class LineReader {

  static final List<String> COLUMNS =
      List.of(
          "payment",
          "reference",
          "merchant_account",
          "type",
          "amount",
          "currency",
          "fee",
          "settled_at");

  /** As many digits as the largest amount has. */
  private static final Predicate<String> AMOUNT =
      Pattern.compile("0|[1-9][0-9]{0,10}").asMatchPredicate();

  private static final Predicate<String> CURRENCY = Pattern.compile("[A-Z]{3}").asMatchPredicate();

  /** What can be stored, shown and searched for; ids are short. */
  private static final Predicate<String> ID = Pattern.compile("[!-~]{1,255}").asMatchPredicate();

  private static final String ID_FORM = "a text of 1 to 255 visible ASCII characters";
  private static final String AMOUNT_FORM = "an integer from 0 to 99999999999";

  /** What the field of a column has to be, and how that is said. */
  private record Rule(int column, Predicate<String> holds, String form) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(0, ID, ID_FORM),
          new Rule(1, ID, ID_FORM),
          new Rule(2, text -> PublicId.MERCHANT.parse(text).isPresent(), "the id of a merchant"),
          new Rule(3, text -> LineType.parse(text).isPresent(), "a type that is known"),
          new Rule(4, AMOUNT, AMOUNT_FORM),
          new Rule(5, CURRENCY, "three capital letters"),
          new Rule(6, AMOUNT, AMOUNT_FORM),
          new Rule(7, text -> time(text).isPresent(), "a time with a zone"));

  private static final CsvReaderBuilder CSV = CsvReader.builder();

  private LineReader() {}

  /** The fields of a line; empty when it is not CSV. */
  static Optional<List<String>> fields(String line) {
    try {
      return Optional.of(CSV.ofSingleCsvRecord(line).getFields());
    } catch (CsvParseException e) {
      return Optional.empty();
    }
  }

  /** What the line with this number says. */
  static ReportLine read(long number, String line) {
    List<String> fields = fields(line).orElse(null);
    if (fields == null) {
      return new Rejected(number, "is not CSV");
    }
    if (fields.size() != COLUMNS.size()) {
      return new Rejected(
          number, "has %d columns and not %d".formatted(fields.size(), COLUMNS.size()));
    }
    return read(number, fields);
  }

  private static ReportLine read(long number, List<String> fields) {
    return RULES.stream()
        .filter(rule -> !rule.holds().test(fields.get(rule.column())))
        .findFirst()
        .<ReportLine>map(
            broken ->
                new Rejected(number, COLUMNS.get(broken.column()) + " is not " + broken.form()))
        .orElseGet(() -> settled(number, fields));
  }

  private static Settled settled(long number, List<String> fields) {
    return new Settled(
        number,
        PublicId.MERCHANT.parse(fields.get(2)).orElseThrow(),
        LineType.parse(fields.get(3)).orElseThrow(),
        fields.get(0),
        fields.get(1),
        Long.parseLong(fields.get(4)),
        fields.get(5),
        Long.parseLong(fields.get(6)),
        time(fields.get(7)).orElseThrow());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(Instants::isWritable);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
