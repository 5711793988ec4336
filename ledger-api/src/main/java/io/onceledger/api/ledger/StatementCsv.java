package io.onceledger.api.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.LedgerEntry;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Writes a statement as CSV (RFC 4180): a line with the opening balance, one for each entry with
 * the balance after it, one with the closing balance. A file without that last line was cut off.
 * Amounts are minor units; which column an amount stands in says on which side it was booked.
 */
final class StatementCsv implements Flushable {

  private static final DateTimeFormatter SIX_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final CsvWriter csv;
  private final Account account;
  private final String currency;
  private long balance;

  StatementCsv(Writer out, Account account, String currency, long opening) {
    this.csv = CsvWriter.builder().build(out);
    this.account = account;
    this.currency = currency;
    this.balance = opening;
  }

  void open(Instant from) {
    csv.writeRecord(
        "posted_at",
        "kind",
        "entry",
        "charge",
        "refund",
        "other_account",
        "debit",
        "credit",
        "balance",
        "currency",
        "stable_until");
    csv.writeRecord(
        time(from), "opening", "", "", "", "", "", "", String.valueOf(balance), currency, "");
  }

  void entry(LedgerEntry entry) {
    boolean debit = entry.debitAccount.equals(account.text());
    balance =
        Math.addExact(
            balance, debit ? account.balance(entry.amount, 0) : account.balance(0, entry.amount));
    String amount = String.valueOf(entry.amount);
    csv.writeRecord(
        time(entry.postedAt),
        text(entry.kind),
        PublicId.ENTRY.text(entry.id),
        id(PublicId.CHARGE, entry.chargeId),
        id(PublicId.REFUND, entry.refundId),
        text(debit ? entry.creditAccount : entry.debitAccount),
        debit ? amount : "",
        debit ? "" : amount,
        String.valueOf(balance),
        currency,
        "");
  }

  /** Ends the file; {@code closing} is the balance that the lines must have come to. */
  void close(Instant to, long closing, Instant stableUntil) throws IOException {
    if (balance != closing) {
      throw new IOException("the entries come to " + balance + " and not to " + closing);
    }
    csv.writeRecord(
        time(to),
        "closing",
        "",
        "",
        "",
        "",
        "",
        "",
        String.valueOf(balance),
        currency,
        time(stableUntil));
    flush();
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  private static String time(Instant instant) {
    return instant == null ? "" : SIX_DIGITS.format(instant);
  }

  private static String id(PublicId kind, UUID id) {
    return id == null ? "" : kind.text(id);
  }

  /** A spreadsheet takes what begins so for a formula, and runs it: an apostrophe makes it text. */
  static String text(String value) {
    return !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
