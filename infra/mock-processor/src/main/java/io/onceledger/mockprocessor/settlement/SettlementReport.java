package io.onceledger.mockprocessor.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.journal.Entry;
import io.onceledger.mockprocessor.journal.EntryReader;
import io.onceledger.mockprocessor.journal.Lines;
import io.onceledger.mockprocessor.journal.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * The effects and disputes of one UTC day as CSV (RFC 4180, with line feeds), in the order of the
 * journal. Amounts are without a sign: the type says which way they went.
 */
public final class SettlementReport {
  public static final String HEADER =
      "payment,reference,merchant_account,type,amount,currency,fee,settled_at\n";

  private final byte[] linesOfDay;

  public SettlementReport(LocalDate day) {
    this.linesOfDay = ("{\"at\":\"" + day + "T").getBytes(UTF_8);
  }

  /** The report's lines for a piece of the journal. */
  public byte[] rows(byte[] piece) throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    Lines.forEach(
        piece,
        (bytes, from, length) -> {
          if (isOfDay(bytes, from, length)) {
            Entry entry = EntryReader.read(bytes, from, length);
            Optional<String> type = type(entry);
            if (type.isPresent()) {
              rows.write(row(entry, type.get()).getBytes(UTF_8));
            }
          }
        });
    return rows.toByteArray();
  }

  private boolean isOfDay(byte[] bytes, int from, int length) {
    int width = linesOfDay.length;
    return length > width && Arrays.equals(bytes, from, from + width, linesOfDay, 0, width);
  }

  /** What a line of the journal is called here; empty if no money moved. */
  private static Optional<String> type(Entry entry) {
    return switch (entry.kind()) {
      case EFFECT, DISPUTE_OPENED -> Optional.of(entry.resource().type());
      case DISPUTE_WON -> Optional.of("dispute_reversal");
      default -> Optional.empty();
    };
  }

  private static String row(Entry entry, String type) {
    Instruction asked = entry.instruction();
    Resource resource = entry.resource();
    String payment = resource == Resource.PAYMENT ? resource.id(entry.number()) : asked.source();
    return String.join(
            ",",
            payment,
            field(asked.reference()),
            field(asked.key().merchantAccount()),
            type,
            Long.toString(asked.amount()),
            asked.currency(),
            Long.toString(Fee.of(resource, asked.amount())),
            Timestamps.write(entry.at()))
        + "\n";
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
