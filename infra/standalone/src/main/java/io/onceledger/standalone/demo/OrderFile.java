package io.onceledger.standalone.demo;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads orders from CSV (RFC 4180, UTF-8, with a header); all of them, or none. */
final class OrderFile {
  static final List<String> COLUMNS =
      List.of("idempotency_key", "amount", "currency", "payment_method", "description");

  /** The API's own limits; see its OpenAPI description. */
  private static final long LARGEST_AMOUNT = 99_999_999_999L;

  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_DESCRIPTION = 500;

  private final List<Order> orders = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Long> lineOfKey = new HashMap<>();

  private OrderFile() {}

  /**
   * Reads the whole file.
   *
   * @throws BadInputException naming the line of every order that cannot be sent
   */
  static List<Order> read(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new BadInputException(List.of(file + ": cannot be read"));
    }
    OrderFile reading = new OrderFile();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // told below, with what is missing
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : csv) {
        if (!line.getHeader().containsAll(COLUMNS)) {
          throw new BadInputException(
              List.of("line 1: the header must have " + String.join(",", COLUMNS)));
        }
        reading.add(line);
      }
    } catch (CsvParseException malformed) {
      reading.complaints.add("not CSV: " + malformed.getMessage());
    } catch (IOException unreadable) {
      reading.complaints.add(file + ": " + unreadable.getMessage());
    }
    if (!reading.complaints.isEmpty()) {
      throw new BadInputException(reading.complaints);
    }
    if (reading.orders.isEmpty()) {
      throw new BadInputException(List.of(file + ": has no orders"));
    }
    return List.copyOf(reading.orders);
  }

  private void add(NamedCsvRecord line) {
    long number = line.getStartingLineNumber();
    List<String> wrong = new ArrayList<>();
    for (String column : COLUMNS) {
      if (line.findField(column).isEmpty()) {
        wrong.add(column + " is missing");
      }
    }
    if (line.getFieldCount() > line.getHeader().size()) {
      wrong.add("more fields than the header has (a comma inside a field needs quotes around it)");
    }
    if (wrong.isEmpty()) {
      check(line, number, wrong);
    }
    wrong.forEach(what -> complaints.add("line " + number + ": " + what));
    if (wrong.isEmpty()) {
      orders.add(
          new Order(
              line.getField("idempotency_key"),
              Long.parseLong(line.getField("amount")),
              line.getField("currency"),
              line.getField("payment_method"),
              line.getField("description")));
    }
  }

  private void check(NamedCsvRecord line, long number, List<String> wrong) {
    String key = line.getField("idempotency_key");
    if (key.isEmpty()
        || key.length() > LONGEST_KEY
        || !key.chars().allMatch(OrderFile::printable)) {
      wrong.add("idempotency_key must have 1 to 255 printable ASCII characters");
    }
    Long first = lineOfKey.putIfAbsent(key, number);
    if (first != null) {
      wrong.add("idempotency_key '" + key + "' is on line " + first + " already");
    }
    if (!isAmount(line.getField("amount"))) {
      wrong.add(
          "amount must be an integer from 1 to 99999999999 (minor units), not '"
              + line.getField("amount")
              + "'");
    }
    if (!line.getField("currency").matches("[A-Z]{3}")) {
      wrong.add("currency must be three capital letters, not '" + line.getField("currency") + "'");
    }
    if (!line.getField("payment_method").matches("[A-Za-z0-9_]{1,64}")) {
      wrong.add("payment_method must have 1 to 64 characters A-Z, a-z, 0-9 and _");
    }
    String description = line.getField("description");
    if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
      wrong.add("description is longer than 500 characters");
    }
  }

  private static boolean printable(int character) {
    return character >= ' ' && character < 0x7f;
  }

  private static boolean isAmount(String text) {
    return text.matches("[0-9]{1,11}")
        && Long.parseLong(text) >= 1
        && Long.parseLong(text) <= LARGEST_AMOUNT;
  }
}
