package io.onceledger.core.inbox;

import static io.onceledger.core.inbox.NotificationType.DISPUTE_LOST;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_OPENED;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_WON;
import static io.onceledger.core.inbox.NotificationType.PAYMENT_APPROVED;
import static io.onceledger.core.inbox.NotificationType.PAYMENT_DECLINED;
import static io.onceledger.core.inbox.NotificationType.REFUND_APPROVED;
import static io.onceledger.core.inbox.NotificationType.REFUND_DECLINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.Status;
import io.onceledger.core.closing.Closer;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.settlement.ImportCounts;
import io.onceledger.core.settlement.SettlementImporter;
import io.onceledger.core.settlement.SettlementReport;
import io.onceledger.core.statement.AccountSums;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestReport;
import io.onceledger.core.testing.TestWorker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Random lives of charges, refunds, disputes and settlements: what the processor has done is drawn
 * first, then told by workers, notifications and reports in any order, some of it lost, much of it
 * twice, while books are closed. The model is what the processor has done, in a few lines.
 */
class AnyOrderTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private static final String CURRENCIES =
      "SELECT currency FROM account_balance WHERE merchant_id = ? AND account = ?";
  private static final String BALANCE =
      "SELECT debits - credits FROM account_balance WHERE merchant_id = ? AND account = ? AND"
          + " currency = ?";
  private static final String INSTANTS =
      """
      SELECT DISTINCT to_char(posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      FROM ledger_entry
      WHERE merchant_id = ?
      ORDER BY 1
      """;
  private static final String MOVED =
      """
      SELECT coalesce(sum(CASE ? WHEN debit_account THEN amount WHEN credit_account THEN -amount END), 0)
      FROM ledger_entry
      WHERE merchant_id = ? AND currency = ?
        AND posted_at >= ?::timestamptz AND posted_at < ?::timestamptz
      """;

  private final LedgerDatabase database = LedgerDatabase.create();
  private final TestWorker worker = new TestWorker(database);
  private final Inbox inbox = new Inbox(database.writer());
  private final SettlementImporter importer = new SettlementImporter(database.writer());
  private final Closer closer = new Closer(database.writer(), 5, 3);
  private Random random;

  /** What may happen next; false when its time has not come. */
  @FunctionalInterface
  private interface Happening {
    boolean happens() throws IOException, SQLException;
  }

  private record InCurrency(Account account, String currency) {}

  /** A line of a report. */
  private record Line(
      Resource about, String type, String payment, long amount, String currency, long fee) {}

  private final List<Happening> ahead = new ArrayList<>();
  private final List<Notification> told = new ArrayList<>();
  private final List<Line> reported = new ArrayList<>();

  /** What each account stands at: debits less credits. */
  private final Map<InCurrency, Long> model = new HashMap<>();

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void in_any_order_and_number_the_books_say_what_the_processor_has_done(@ForAll long seed)
      throws Exception {
    random = new Random(seed);
    ahead.clear();
    told.clear();
    reported.clear();
    model.clear();
    Merchant merchant = TestCharges.merchant(database);
    for (int n = 0; n <= random.nextInt(3); n++) {
      charge(merchant, n);
    }

    int left = 10_000;
    while (!ahead.isEmpty() && left-- > 0) {
      Happening next = ahead.remove(random.nextInt(ahead.size()));
      if (!next.happens()) {
        ahead.add(next);
      }
      if (random.nextInt(8) == 0) {
        closer.step();
        assertThat(database.violations()).isEmpty();
      }
    }

    assertThat(ahead).isEmpty();
    assertThat(balances(merchant)).isEqualTo(model);
    assertStatementsAddUp(merchant);
    for (Notification each : told) {
      assertThat(inbox.take(each)).isEqualTo(Finding.SEEN);
    }
    assertThat(read(reported)).isEqualTo(new ImportCounts(0, reported.size(), 0));
    assertThat(balances(merchant)).isEqualTo(model);
    assertThat(database.violations()).isEmpty();
    assertThat(database.number("SELECT count(*) FROM outbox_message")).isZero();
    assertThat(database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL")).isZero();
  }

  private void charge(Merchant merchant, int n) throws SQLException {
    long amount = 100L + random.nextInt(100_000);
    String currency = random.nextInt(3) == 0 ? "EUR" : "USD";
    Acceptance<ChargeReceipt> accepted =
        new ChargeAcceptance(database.writer())
            .write(List.of(TestCharges.delivery(merchant, "order-" + n, amount, currency)))
            .get(0);
    Resource charge = ((Acceptance.Executed<ChargeReceipt>) accepted).receipt().resource();
    boolean approved = random.nextInt(4) > 0;
    outcome(charge, amount, currency, approved, approved ? PAYMENT_APPROVED : PAYMENT_DECLINED);
    if (!approved) {
      return;
    }
    post(Account.PROCESSOR_RECEIVABLE, Account.MERCHANT_PAYABLE, amount, currency);
    long fixed = currency.equals("USD") ? 30 : 0;
    post(
        Account.MERCHANT_PAYABLE,
        Account.FEE_REVENUE,
        Math.min(amount, (amount * 290 + 5_000) / 10_000 + fixed),
        currency);
    settle(charge, "payment", TestNotifications.PAYMENT, amount, currency);
    for (int i = random.nextInt(3); i > 0; i--) {
      refund(charge, 1L + random.nextInt((int) amount / 2), currency, "refund-" + n + "-" + i);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      dispute(charge, 1L + random.nextInt((int) amount), currency, "dp_" + i);
    }
  }

  private void refund(Resource charge, long amount, String currency, String key) {
    boolean approved = random.nextBoolean();
    ahead.add(
        () -> {
          if (!status(charge).equals("succeeded")) {
            return false;
          }
          Resource refund = TestRefunds.accept(database, charge, key, amount);
          outcome(refund, amount, currency, approved, approved ? REFUND_APPROVED : REFUND_DECLINED);
          if (approved) {
            settle(refund, "refund", TestNotifications.PAYMENT, amount, currency);
          }
          return true;
        });
    if (approved) {
      post(Account.MERCHANT_PAYABLE, Account.PROCESSOR_RECEIVABLE, amount, currency);
    }
  }

  private void dispute(Resource charge, long amount, String currency, String name) {
    tell(notification(DISPUTE_OPENED, charge, amount, currency, name));
    post(Account.MERCHANT_PAYABLE, Account.PROCESSOR_RECEIVABLE, amount, currency);
    settle(charge, "dispute", name, amount, currency);
    switch (random.nextInt(3)) {
      case 0 -> tell(notification(DISPUTE_LOST, charge, amount, currency, name));
      case 1 -> {
        tell(notification(DISPUTE_WON, charge, amount, currency, name));
        post(Account.PROCESSOR_RECEIVABLE, Account.MERCHANT_PAYABLE, amount, currency);
        settle(charge, "dispute_reversal", name, amount, currency);
      }
      default -> {
        // Still undecided.
      }
    }
  }

  /** Some day, in several reports, beside others: before or after it is known here. */
  private void settle(Resource about, String type, String payment, long amount, String currency) {
    if (random.nextInt(3) == 0) {
      return;
    }
    // Below, at and above the amount: then the processor takes more than it pays.
    long fee = List.of(0L, amount / 50, amount, amount + 7).get(random.nextInt(4));
    Line line = new Line(about, type, payment, amount, currency, fee);
    boolean toUs = type.equals("payment") || type.equals("dispute_reversal");
    post(
        Account.SETTLEMENT_BANK,
        Account.PROCESSOR_RECEIVABLE,
        (toUs ? amount : -amount) - fee,
        currency);
    post(Account.PROCESSOR_COST, Account.PROCESSOR_RECEIVABLE, fee, currency);
    for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
      ahead.add(
          () -> {
            List<Line> lines = new ArrayList<>(reported);
            lines.add(line);
            lines.add(line);
            Collections.shuffle(lines, random);
            assertThat(read(lines).imported()).isEqualTo(reported.contains(line) ? 0 : 1);
            if (!reported.contains(line)) {
              reported.add(line);
            }
            return true;
          });
    }
  }

  private ImportCounts read(List<Line> lines) throws IOException, SQLException {
    TestReport report = new TestReport();
    for (Line line : lines) {
      report.line(
          line.about().merchant(),
          line.type(),
          line.payment(),
          line.about().text(),
          line.amount(),
          line.currency(),
          line.fee());
    }
    return importer.read(
        importer.begin(DAY, connection -> {}), new SettlementReport(report.open()));
  }

  /** The worker tries, and may find out; if it does not, a notification tells. */
  private void outcome(
      Resource resource, long amount, String currency, boolean approved, NotificationType type) {
    int script = random.nextInt(4);
    boolean findsOut = script < 2;
    attempts(resource, approved, script);
    if (!findsOut || random.nextInt(3) > 0) {
      tell(notification(type, resource, amount, currency, null));
    }
  }

  private static Notification notification(
      NotificationType type, Resource about, long amount, String currency, String dispute) {
    return TestNotifications.of(type, about, amount, currency, TestNotifications.PAYMENT, dispute);
  }

  /** Scripts: 0 finds out, 1 doubts and then finds out, 2 doubts and gives up, 3 gives up. */
  private void attempts(Resource resource, boolean approved, int script) {
    boolean doubts = script == 1 || script == 2;
    ahead.add(
        () -> {
          if (database.number(
                  "SELECT count(*) FROM outbox_message WHERE resource_id = ?", resource.id())
              == 0) {
            return true;
          }
          Claim claim = worker.claim(resource.id());
          ahead.add(
              () -> {
                record(claim, approved, script, doubts);
                return true;
              });
          return true;
        });
  }

  private void record(Claim claim, boolean approved, int script, boolean doubts)
      throws SQLException {
    if (doubts) {
      worker.record(claim, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, claim.endsAt()));
      attempts(claim.resource(), approved, script == 1 ? 0 : 3);
    } else if (script == 3) {
      worker.record(claim, Outcome.AMBIGUOUS, new Park("cannot be asked"));
    } else if (approved) {
      worker.approve(claim);
    } else {
      worker.record(
          claim,
          Outcome.DECLINED,
          new Conclude(Status.DECLINED, "card_declined", TestNotifications.PAYMENT));
    }
  }

  /** Once, or up to ten times. */
  private void tell(Notification notification) {
    told.add(notification);
    for (int copies = 1 + random.nextInt(random.nextInt(5) == 0 ? 10 : 2); copies > 0; copies--) {
      ahead.add(
          () -> {
            inbox.take(notification);
            return true;
          });
    }
  }

  private void post(Account debit, Account credit, long amount, String currency) {
    if (amount != 0) {
      model.merge(new InCurrency(debit, currency), amount, Long::sum);
      model.merge(new InCurrency(credit, currency), -amount, Long::sum);
    }
  }

  private Map<InCurrency, Long> balances(Merchant merchant) {
    Map<InCurrency, Long> balances = new HashMap<>();
    for (Account account : Account.values()) {
      for (String currency : database.column(CURRENCIES, merchant.id(), account.text())) {
        balances.put(
            new InCurrency(account, currency),
            database.number(BALANCE, merchant.id(), account.text(), currency));
      }
    }
    return balances;
  }

  /** Opening, what moved, closing: of each account, between two instants, and from the first on. */
  private void assertStatementsAddUp(Merchant merchant) throws SQLException {
    List<String> instants = database.column(INSTANTS, merchant.id());
    if (instants.isEmpty()) {
      return;
    }
    Instant first = Instant.parse(instants.get(0));
    Instant middle = Instant.parse(instants.get(random.nextInt(instants.size())));
    Instant end = Instant.parse(instants.get(instants.size() - 1)).plusSeconds(1);
    for (InCurrency account : model.keySet()) {
      assertThat(before(merchant, account, first)).isZero();
      assertThat(before(merchant, account, middle))
          .isEqualTo(moved(merchant, account, first, middle));
      assertThat(before(merchant, account, middle) + moved(merchant, account, middle, end))
          .isEqualTo(before(merchant, account, end))
          .isEqualTo(model.get(account));
    }
  }

  private long before(Merchant merchant, InCurrency key, Instant bound) throws SQLException {
    try (Connection connection = database.writer().getConnection()) {
      AccountSums sums =
          AccountSums.before(connection, merchant.id(), key.account(), key.currency(), bound);
      return sums.debits() - sums.credits();
    }
  }

  private long moved(Merchant merchant, InCurrency key, Instant from, Instant to) {
    return database.number(
        MOVED, key.account().text(), merchant.id(), key.currency(), from.toString(), to.toString());
  }

  private String status(Resource charge) {
    return database.column("SELECT status FROM charge WHERE id = ?", charge.id()).get(0);
  }
}
