package io.onceledger.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.settlement.SettlementImporter.Begun;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestReport;
import io.onceledger.core.testing.TestWorker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementImporterTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private LedgerDatabase database;
  private SettlementImporter importer;
  private Merchant merchant;

  @BeforeEach
  void open() {
    database = LedgerDatabase.create();
    importer = new SettlementImporter(database.writer());
    merchant = TestCharges.merchant(database);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_settled_charge_is_out_of_the_receivable_and_in_the_bank() throws Exception {
    UUID charge = succeeded();

    ImportCounts counts =
        read(new TestReport().payment(merchant.id(), "pay_worker", charge, 10_000, 150));

    assertThat(counts).isEqualTo(new ImportCounts(1, 0, 0));
    assertThat(balances())
        .containsExactly(
            "fee_revenue 0 320",
            "merchant_payable 320 10000",
            "processor_cost 150 0",
            "processor_receivable 10000 10000",
            "settlement_bank 9850 0");
    assertThat(
            database.column(
                "SELECT e.kind FROM ledger_entry AS e JOIN settlement_line AS l ON l.id ="
                    + " e.source_id WHERE e.charge_id = ? ORDER BY 1",
                charge))
        .containsExactly("processor_fee", "settlement");
  }

  @Test
  void what_names_nothing_of_ours_is_booked_without_a_charge() throws Exception {
    read(
        new TestReport()
            .payment(merchant.id(), "pay_1", UUID.randomUUID(), 1_000, 0)
            .line(merchant.id(), "refund", "pay_1", "re_foreign", 300, "USD", 0));

    assertThat(balances())
        .containsExactly("processor_receivable 300 1000", "settlement_bank 1000 300");
    assertThat(database.number("SELECT count(*) FROM ledger_entry WHERE charge_id IS NOT NULL"))
        .isZero();
  }

  @Test
  void the_same_file_twice_changes_nothing() throws Exception {
    TestReport report = new TestReport();
    for (int i = 0; i < 2_500; i++) {
      report.payment(merchant.id(), "pay_" + i, UUID.randomUUID(), 1_000, 15);
    }
    assertThat(read(report)).isEqualTo(new ImportCounts(2_500, 0, 0));
    List<String> before = state();

    assertThat(read(report)).isEqualTo(new ImportCounts(0, 2_500, 0));

    assertThat(state()).isEqualTo(before);
    assertThat(database.number("SELECT count(DISTINCT sha256) FROM settlement_import"))
        .isEqualTo(1);
  }

  @Test
  void a_line_that_is_there_twice_is_booked_once() throws Exception {
    UUID charge = UUID.randomUUID();
    TestReport twice =
        new TestReport()
            .payment(merchant.id(), "pay_1", charge, 1_000, 0)
            .payment(merchant.id(), "pay_1", charge, 1_000, 0);

    assertThat(read(twice)).isEqualTo(new ImportCounts(1, 1, 0));
    assertThat(database.number("SELECT sum(amount) FROM ledger_entry")).isEqualTo(1_000);
  }

  @Test
  void a_line_that_contradicts_what_is_stored_is_rejected_and_changes_nothing() throws Exception {
    UUID charge = UUID.randomUUID();
    read(new TestReport().payment(merchant.id(), "pay_1", charge, 1_000, 0));

    assertThat(read(new TestReport().payment(merchant.id(), "pay_1", charge, 999, 0)))
        .isEqualTo(new ImportCounts(0, 0, 1));

    assertThat(database.column("SELECT amount FROM settlement_line")).containsExactly("1000");
    assertThat(rejections())
        .containsExactly("2 contradicts the same line as it was imported before");
  }

  @Test
  void what_was_settled_twice_under_one_name_is_no_line_that_was_read_twice() throws Exception {
    String first = refunded("2026-11-20T12:00:00.000001Z");
    String second = refunded("2026-11-20T12:00:00.000002Z");

    assertThat(read(new TestReport().raw(first).raw(second))).isEqualTo(new ImportCounts(1, 0, 1));
    assertThat(read(new TestReport().raw(first).raw(second))).isEqualTo(new ImportCounts(0, 1, 1));

    assertThat(database.column("SELECT DISTINCT reason FROM settlement_rejection"))
        .containsExactly("contradicts the same line as it was imported before");
    assertThat(balances()).containsExactly("processor_receivable 300 0", "settlement_bank 0 300");
  }

  @Test
  void a_time_is_the_same_however_finely_and_in_whatever_zone_it_is_written() throws Exception {
    read(new TestReport().raw(refunded("2026-11-20T12:00:00.123456789Z")));

    assertThat(
            read(
                new TestReport()
                    .raw(refunded("2026-11-20T12:00:00.123456789Z"))
                    .raw(refunded("2026-11-20T13:00:00.123457+01:00"))))
        .isEqualTo(new ImportCounts(0, 2, 0));
  }

  @Test
  void a_bad_line_stops_nothing_else() throws Exception {
    ImportCounts counts =
        read(
            new TestReport()
                .raw("too,few,columns")
                .payment(merchant.id(), "pay_1", UUID.randomUUID(), 1_000, 0)
                .payment(UUID.randomUUID(), "pay_2", UUID.randomUUID(), 1_000, 0)
                .line(merchant.id(), "payment", "pay\0", "ch_1", 1, "USD", 0)
                .line(merchant.id(), "payment", "x".repeat(5_000), "ch_1", 1, "USD", 0)
                .payment(merchant.id(), "pay_3", UUID.randomUUID(), 1_000, 0));

    assertThat(counts).isEqualTo(new ImportCounts(2, 0, 4));
    assertThat(rejections())
        .containsExactly(
            "2 has 3 columns and not 8",
            "4 merchant_account is no merchant of ours",
            "5 payment is not a text of 1 to 255 visible ASCII characters",
            "6 is longer than 4096 bytes, or not UTF-8");
    assertThat(imports()).containsExactly("complete 6 2 0 4");
  }

  @Test
  void a_time_at_either_end_of_what_can_be_written_stops_nothing_else() throws Exception {
    ImportCounts counts =
        read(
            new TestReport()
                .raw(settled("pay_1", "0001-01-01T00:00:00Z"))
                .raw(settled("pay_2", "9999-12-31T23:59:59.999999999Z"))
                .raw(settled("pay_3", "0001-01-01T00:00:00+01:00"))
                .raw(settled("pay_4", "9999-12-31T23:59:59-01:00")));

    assertThat(counts).isEqualTo(new ImportCounts(2, 0, 2));
    assertThat(rejections())
        .containsExactly(
            "4 settled_at is not a time with a zone", "5 settled_at is not a time with a zone");
  }

  @Test
  void all_rejections_are_counted_and_the_first_thousand_are_kept() throws Exception {
    TestReport report = new TestReport();
    IntStream.range(0, 2_100).forEach(i -> report.raw("bad"));

    assertThat(read(report)).isEqualTo(new ImportCounts(0, 0, 2_100));
    assertThat(database.number("SELECT count(*) FROM settlement_rejection")).isEqualTo(1_000);
    assertThat(database.number("SELECT max(line) FROM settlement_rejection")).isEqualTo(1_001);
  }

  @Test
  void a_download_that_is_cut_is_not_complete_and_the_next_one_goes_on() throws Exception {
    TestReport report = new TestReport();
    for (int i = 0; i < 3_000; i++) {
      report.payment(merchant.id(), "pay_" + i, UUID.randomUUID(), 1_000, 15);
    }
    byte[] half = report.open().readNBytes(report.text().length() / 2);
    Begun begun = importer.begin(DAY, connection -> {});

    assertThatThrownBy(
            () ->
                importer.read(
                    begun,
                    new SettlementReport(
                        new SequenceInputStream(new ByteArrayInputStream(half), cut()))))
        .isInstanceOf(IOException.class);
    importer.fail(begun, "connection reset");

    assertThat(imports()).containsExactly("failed 1000 1000 0 0");
    assertThat(read(report)).isEqualTo(new ImportCounts(2_000, 1_000, 0));
    assertThat(database.number("SELECT sum(amount) FROM ledger_entry")).isEqualTo(3_000_000);
  }

  @Test
  void whoever_has_lost_the_hold_writes_nothing_more() throws Exception {
    AtomicInteger left = new AtomicInteger(2);
    Begun begun =
        importer.begin(
            DAY,
            connection -> {
              if (left.getAndDecrement() == 0) {
                throw new IllegalStateException("somebody else's now");
              }
            });
    TestReport report = new TestReport();
    for (int i = 0; i < 1_500; i++) {
      report.payment(merchant.id(), "pay_" + i, UUID.randomUUID(), 1_000, 0);
    }

    assertThatThrownBy(() -> importer.read(begun, new SettlementReport(report.open())))
        .hasMessage("somebody else's now");

    assertThat(imports()).containsExactly("running 1000 1000 0 0");
    read(report);
    assertThat(imports())
        .as("the one that was left is over")
        .containsExactlyInAnyOrder("failed 1000 1000 0 0", "complete 1500 500 1000 0");
  }

  @Test
  void two_imports_of_one_report_at_once_book_each_line_once() throws Exception {
    TestReport report = new TestReport();
    for (int i = 0; i < 5_000; i++) {
      report.payment(merchant.id(), "pay_" + i, UUID.randomUUID(), 1_000, 15);
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<ImportCounts>> both =
          List.of(() -> readToItsEnd(report), () -> readToItsEnd(report));
      for (Future<ImportCounts> one : threads.invokeAll(both)) {
        assertThat(one.get().lines()).isEqualTo(5_000);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(database.number("SELECT count(*) FROM settlement_line")).isEqualTo(5_000);
    assertThat(database.number("SELECT sum(amount) FROM ledger_entry")).isEqualTo(5_000_000);
  }

  /** As a run does: who cannot have a lock in time reads the report again. */
  private ImportCounts readToItsEnd(TestReport report) throws IOException, SQLException {
    while (true) {
      try {
        return read(report);
      } catch (SQLException e) {
        if (SqlFailure.of(e) != SqlFailure.LOCKED) {
          throw e;
        }
      }
    }
  }

  private String settled(String payment, String time) {
    return "%s,ch_foreign,%s,payment,1000,USD,0,%s"
        .formatted(payment, PublicId.MERCHANT.text(merchant.id()), time);
  }

  private String refunded(String time) {
    return "pay_1,re_foreign,%s,refund,300,USD,0,%s"
        .formatted(PublicId.MERCHANT.text(merchant.id()), time);
  }

  private UUID succeeded() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    TestWorker worker = new TestWorker(database);
    worker.approve(worker.claim());
    return UUID.fromString(database.column("SELECT id FROM charge").get(0));
  }

  private ImportCounts read(TestReport report) throws IOException, SQLException {
    return importer.read(
        importer.begin(DAY, connection -> {}), new SettlementReport(report.open()));
  }

  private static InputStream cut() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("connection reset");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
      }
    };
  }

  private List<String> balances() {
    return database.column(
        "SELECT account || ' ' || debits || ' ' || credits FROM account_balance ORDER BY 1");
  }

  private List<String> state() {
    List<String> state = new ArrayList<>(balances());
    state.addAll(database.column("SELECT l::text FROM settlement_line AS l ORDER BY 1"));
    state.addAll(database.column("SELECT e::text FROM ledger_entry AS e ORDER BY 1"));
    return state;
  }

  private List<String> imports() {
    return database.column(
        "SELECT concat_ws(' ', state, lines, imported, duplicates, rejected)"
            + " FROM settlement_import ORDER BY started_at");
  }

  private List<String> rejections() {
    return database.column("SELECT line || ' ' || reason FROM settlement_rejection ORDER BY line");
  }
}
