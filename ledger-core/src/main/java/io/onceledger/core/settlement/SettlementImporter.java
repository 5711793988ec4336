package io.onceledger.core.settlement;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.settlement.ReportLine.Rejected;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Stores and books the lines of a report, each once, however often and by however many it is read.
 *
 * <p>A thousand lines are one transaction of at most eight statements: lines, entries, balances and
 * counts, or none of them. The next thousand are read meanwhile, by another thread, and memory
 * holds no more than these two. A crash, or a connection that is cut, leaves whole batches; the
 * next reading finds them stored and goes on behind them. Needs the writer role.
 */
public final class SettlementImporter {

  /** Enough that a commit costs little, and few enough that balances are not locked for long. */
  private static final int BATCH = 1_000;

  /** Whether the import is still its caller's to make: asked in each of its transactions. */
  @FunctionalInterface
  public interface Hold {

    /** Returns when it is; otherwise throws, and nothing more is written. */
    void check(Connection connection) throws SQLException;
  }

  private final DataSource dataSource;

  public SettlementImporter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * An import that has begun.
   *
   * @param date of the report
   */
  public record Begun(UUID id, LocalDate date, Hold hold) {}

  /**
   * Begins an import of the report of {@code date}, before it is asked for: its time is the one up
   * to which the report can be complete.
   */
  public Begun begin(LocalDate date, Hold hold) throws SQLException {
    Begun begun = new Begun(PublicId.next(), date, hold);
    return Transactions.run(
        dataSource,
        connection -> {
          hold.check(connection);
          SettlementImports.begin(connection, begun.id(), date);
          return begun;
        });
  }

  /**
   * Imports all of {@code report}.
   *
   * @throws IOException when it could not be read to its end; what came before is imported
   */
  public ImportCounts read(Begun begun, SettlementReport report) throws IOException, SQLException {
    ImportCounts counts = ImportCounts.NONE;
    try (LinesAhead ahead = new LinesAhead(report, BATCH)) {
      List<ReportLine> lines = ahead.next();
      while (!lines.isEmpty()) {
        List<ReportLine> batch = lines;
        long before = counts.rejected();
        counts =
            counts.plus(
                Transactions.run(
                    dataSource, connection -> write(connection, begun, batch, before)));
        lines = ahead.next();
      }
    }
    byte[] digest = report.digest();
    Transactions.run(
        dataSource,
        connection -> {
          begun.hold().check(connection);
          SettlementImports.complete(connection, begun.id(), digest);
          return null;
        });
    return counts;
  }

  /** Remembers that {@code begun} came to nothing, or not to its end, and why. */
  public void fail(Begun begun, String failure) throws SQLException {
    Transactions.run(
        dataSource,
        connection -> {
          SettlementImports.fail(connection, begun.id(), failure);
          return null;
        });
  }

  private static ImportCounts write(
      Connection connection, Begun begun, List<ReportLine> lines, long rejectedBefore)
      throws SQLException {
    begun.hold().check(connection);
    List<Rejected> rejected = new ArrayList<>(only(Rejected.class, lines));
    List<Settled> settled = withKnownMerchant(connection, only(Settled.class, lines), rejected);
    Set<UUID> inserted = SettlementLines.insert(connection, begun.id(), begun.date(), settled);
    List<Settled> stored = settled.stream().filter(line -> !inserted.contains(line.id())).toList();
    Set<UUID> contradictions = SettlementLines.contradictions(connection, stored);
    stored.stream()
        .filter(line -> contradictions.contains(line.id()))
        .forEach(
            line ->
                rejected.add(
                    new Rejected(
                        line.number(), "contradicts the same line as it was imported before")));
    ImportCounts counts =
        new ImportCounts(inserted.size(), stored.size() - contradictions.size(), rejected.size());
    long room = Math.max(0, SettlementImports.KEPT_REJECTIONS - rejectedBefore);
    SettlementImports.reject(
        connection,
        begun.id(),
        rejected.stream().sorted(Comparator.comparing(Rejected::number)).limit(room).toList());
    SettlementImports.count(connection, begun.id(), counts);
    book(connection, settled.stream().filter(line -> inserted.contains(line.id())).toList());
    return counts;
  }

  private static List<Settled> withKnownMerchant(
      Connection connection, List<Settled> lines, List<Rejected> rejected) throws SQLException {
    Set<UUID> known = SettlementLines.knownMerchants(connection, lines);
    lines.stream()
        .filter(line -> !known.contains(line.merchant()))
        .forEach(
            line ->
                rejected.add(
                    new Rejected(line.number(), "merchant_account is no merchant of ours")));
    return lines.stream().filter(line -> known.contains(line.merchant())).toList();
  }

  /** Last, because balances are what others wait for. */
  private static void book(Connection connection, List<Settled> lines) throws SQLException {
    LedgerEntries.post(
        connection,
        SettlementLines.withSubjects(connection, lines).stream()
            .flatMap(line -> SettlementPostings.of(line).stream())
            .toList());
  }

  private static <T> List<T> only(Class<T> kind, List<ReportLine> lines) {
    return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
