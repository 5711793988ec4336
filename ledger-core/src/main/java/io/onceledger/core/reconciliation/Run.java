package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * A run as it stands.
 *
 * @param state queued, running, completed or failed
 * @param requestedBy the operator's key; null for the daily run
 * @param startedAt null until a worker has taken it
 * @param finishedAt null until it is completed, or given up
 * @param nextAttemptAt null unless it failed and is tried again
 * @param failure of the last attempt; null when that did not fail
 * @param report null until it was asked for
 * @param matched lines that agree with what is booked, healed ones included
 * @param waiting lines of charges that a worker is sending
 * @param differences found by this run, by kind
 * @param open of this date, and not yet gone or explained
 */
public record Run(
    UUID id,
    LocalDate date,
    String state,
    UUID requestedBy,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    Instant nextAttemptAt,
    int attempts,
    String failure,
    Report report,
    long matched,
    long healed,
    long waiting,
    Map<DifferenceKind, Long> differences,
    long open) {

  /**
   * What became of the lines that were read.
   *
   * @param importId of the reading
   * @param sha256 in hexadecimal; null unless the file was read to its end
   */
  public record Report(
      UUID importId, long lines, long imported, long duplicates, long rejected, String sha256) {}

  static Run read(ResultSet row) throws SQLException {
    Map<DifferenceKind, Long> differences = new EnumMap<>(DifferenceKind.class);
    differences.put(DifferenceKind.MISSING_HERE, row.getLong("missing_here"));
    differences.put(DifferenceKind.MISSING_THERE, row.getLong("missing_there"));
    differences.put(DifferenceKind.AMOUNT, row.getLong("other_amount"));
    differences.put(DifferenceKind.CURRENCY, row.getLong("other_currency"));
    differences.put(DifferenceKind.STATUS, row.getLong("other_status"));
    Instant finishedAt = Instants.read(row, "finished_at");
    String state = row.getString("state");
    boolean again = state.equals("failed") && finishedAt == null;
    return new Run(
        row.getObject("id", UUID.class),
        row.getObject("date", LocalDate.class),
        state,
        row.getObject("requested_by", UUID.class),
        Instants.read(row, "created_at"),
        Instants.read(row, "started_at"),
        finishedAt,
        again ? Instants.read(row, "due_at") : null,
        row.getInt("attempts"),
        row.getString("failure"),
        report(row),
        row.getLong("matched"),
        row.getLong("healed"),
        row.getLong("waiting"),
        differences,
        row.getLong("open"));
  }

  private static Report report(ResultSet row) throws SQLException {
    UUID importId = row.getObject("import_id", UUID.class);
    byte[] sha256 = row.getBytes("sha256");
    return importId == null
        ? null
        : new Report(
            importId,
            row.getLong("lines"),
            row.getLong("imported"),
            row.getLong("duplicates"),
            row.getLong("rejected"),
            sha256 == null ? null : HexFormat.of().formatHex(sha256));
  }
}
