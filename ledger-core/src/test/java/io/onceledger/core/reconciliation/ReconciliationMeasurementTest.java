package io.onceledger.core.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.onceledger.core.settlement.SettlementImporter;
import io.onceledger.core.settlement.SettlementReport;
import io.onceledger.core.testing.TestReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints how long it takes: {@code -Dmeasure=true}, and nothing else running. Where something else
 * is, the time on a processor still says how much work it was.
 */
@EnabledIfSystemProperty(named = "measure", matches = "true")
class ReconciliationMeasurementTest extends ReconciliationTestCase {

  private static final int LINES = 100_000;
  private static final int CHARGES = 1_000_000;

  /**
   * Charges of which one in a thousand is in no report, and one in a thousand has another amount.
   */
  private static final String GENERATE =
      """
      CREATE TABLE made AS
        SELECT gen_random_uuid() AS id, n FROM generate_series(1, %2$d) AS n;
      INSERT INTO charge (merchant_id, id, created_at, updated_at, amount, fee_fixed,
        fee_basis_points, currency, status, payment_method, idempotency_key, processor_payment)
      SELECT '%1$s', id, now() - interval '1 s', now(), 1000, 0, 0, 'USD', 'succeeded', 'pm', 'k' || n,
             'pay_' || n
      FROM made;
      INSERT INTO ledger_entry (merchant_id, source_id, id, charge_id, posted_at, amount, kind,
        currency, debit_account, credit_account)
      SELECT '%1$s', id, gen_random_uuid(), id, now(), 1000, kind, 'USD', 'a', 'b'
      FROM made, unnest(ARRAY['charge', 'fee']) AS kind;
      INSERT INTO settlement_line (merchant_id, id, import_id, resource_id, settled_at, amount, fee,
        report_date, type, currency, payment, reference)
      SELECT '%1$s', gen_random_uuid(), gen_random_uuid(), id, now(),
             CASE n %% 1000 WHEN 1 THEN 999 ELSE 1000 END, 15, '%3$s', 'payment', 'USD', 'pay_' || n,
             public_id('ch_', id)
      FROM made
      WHERE n %% 1000 <> 0;
      """;

  @Override
  @AfterEach
  void the_books_are_right() {
    // Generated: they have no keys, events and balances.
  }

  @Test
  void importing() throws Exception {
    TestReport report = new TestReport();
    for (int i = 0; i < LINES; i++) {
      report.payment(merchant.id(), "pay_" + i, UUID.randomUUID(), 1_000, 15);
    }
    try (AgroalDataSource pool = pool()) {
      for (int time = 1; time <= 2; time++) {
        SettlementImporter importer = new SettlementImporter(pool);
        long start = System.nanoTime();
        Duration here = cpu(ProcessHandle.current().pid());
        Duration there = backends();

        var counts =
            importer.read(
                importer.begin(today, connection -> {}), new SettlementReport(report.open()));

        System.out.printf(
            "MEASURED import of %d lines, time %d: %d ms; processor: JVM %d ms, PostgreSQL %d ms%n",
            LINES,
            time,
            millisSince(start),
            cpu(ProcessHandle.current().pid()).minus(here).toMillis(),
            backends().minus(there).toMillis());
        assertThat(time == 1 ? counts.imported() : counts.duplicates()).isEqualTo(LINES);
      }
    }
  }

  /** Of the importer's connection. */
  private Duration backends() {
    return database
        .column(
            """
            SELECT pid
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        .stream()
        .map(pid -> cpu(Long.parseLong(pid)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** As in production: a connection is used again, with the statements that it has prepared. */
  private AgroalDataSource pool() throws SQLException {
    Map<String, String> configuration = database.configuration();
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(4)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(configuration.get("ledger.database.url"))
                                    .principal(
                                        new NamePrincipal(
                                            configuration.get("ledger.database.user")))
                                    .credential(
                                        new SimplePassword(
                                            configuration.get("ledger.database.password")))
                                    .initialSql("SET ROLE ledger_writer"))));
  }

  @Test
  void comparing() throws Exception {
    database.execute(GENERATE.formatted(merchant.id(), CHARGES, today));
    for (String table : new String[] {"charge", "ledger_entry", "settlement_line"}) {
      database.execute("VACUUM ANALYZE " + table);
    }
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();

    Run run = reconcile(new TestReport());

    System.out.printf(
        "MEASURED comparison of %d charges: %d ms, heap at most %d MB, found %s, matched %d%n",
        CHARGES, millisSince(start), peakMegabytes(), run.differences(), run.matched());
    assertThat(run.differences().get(DifferenceKind.AMOUNT)).isEqualTo(CHARGES / 1_000);
    assertThat(run.differences().get(DifferenceKind.MISSING_THERE)).isEqualTo(CHARGES / 1_000);
    start = System.nanoTime();
    reconcile(new TestReport());
    System.out.printf("MEASURED the same again: %d ms%n", millisSince(start));
  }

  private static long peakMegabytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
