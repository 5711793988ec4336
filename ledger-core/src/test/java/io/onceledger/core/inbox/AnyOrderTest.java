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
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random lives of charges, refunds and disputes: what the processor has done is drawn first, then
 * told by workers and notifications in any order, some of it lost, much of it twice. The model is
 * what the processor has done, in a few lines.
 */
class AnyOrderTest {

  private static final int ROUNDS = Integer.getInteger("any-order.rounds", 40);
  private static final long SEED = Long.getLong("any-order.seed", new Random().nextLong());

  private static final String ACCOUNTS =
      "SELECT account FROM account_balance WHERE merchant_id = ?";
  private static final String BALANCE =
      "SELECT debits - credits FROM account_balance WHERE merchant_id = ? AND account = ?";

  private LedgerDatabase database;
  private TestWorker worker;
  private Inbox inbox;
  private Random random;

  /** What may happen next; false when its time has not come. */
  @FunctionalInterface
  private interface Happening {
    boolean happens() throws SQLException;
  }

  private final List<Happening> ahead = new ArrayList<>();
  private final List<Notification> told = new ArrayList<>();
  private final Map<String, Long> model = new TreeMap<>();

  @BeforeEach
  void a_ledger() {
    database = LedgerDatabase.create();
    worker = new TestWorker(database);
    inbox = new Inbox(database.writer());
  }

  @Test
  void in_any_order_and_number_the_books_say_what_the_processor_has_done() throws SQLException {
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      String description = "-Dany-order.rounds=1 -Dany-order.seed=" + seed;
      random = new Random(seed);
      ahead.clear();
      told.clear();
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
          assertThat(database.violations()).as(description).isEmpty();
        }
      }

      assertThat(ahead).as(description).isEmpty();
      assertThat(balances(merchant)).as(description).isEqualTo(model);
      for (Notification each : told) {
        assertThat(inbox.take(each)).as(description).isEqualTo(Finding.SEEN);
      }
      assertThat(balances(merchant)).as(description).isEqualTo(model);
      assertThat(database.violations()).as(description).isEmpty();
      assertThat(database.number("SELECT count(*) FROM outbox_message")).as(description).isZero();
      assertThat(database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL"))
          .as(description)
          .isZero();
    }
  }

  private void charge(Merchant merchant, int n) throws SQLException {
    long amount = 100L + random.nextInt(100_000);
    Acceptance<ChargeReceipt> accepted =
        new ChargeAcceptance(database.writer())
            .write(List.of(TestCharges.delivery(merchant, "order-" + n, amount)))
            .get(0);
    Resource charge = ((Acceptance.Executed<ChargeReceipt>) accepted).receipt().resource();
    boolean approved = random.nextInt(4) > 0;
    outcome(charge, amount, approved, approved ? PAYMENT_APPROVED : PAYMENT_DECLINED);
    if (!approved) {
      return;
    }
    post("processor_receivable", "merchant_payable", amount);
    post("merchant_payable", "fee_revenue", Math.min(amount, (amount * 290 + 5_000) / 10_000 + 30));
    for (int i = random.nextInt(3); i > 0; i--) {
      refund(charge, 1L + random.nextInt((int) amount / 2), "refund-" + n + "-" + i);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      dispute(charge, 1L + random.nextInt((int) amount), "dp_" + i);
    }
  }

  private void refund(Resource charge, long amount, String key) {
    boolean approved = random.nextBoolean();
    ahead.add(
        () -> {
          if (!status(charge).equals("succeeded")) {
            return false;
          }
          Resource refund = TestRefunds.accept(database, charge, key, amount);
          outcome(refund, amount, approved, approved ? REFUND_APPROVED : REFUND_DECLINED);
          return true;
        });
    if (approved) {
      post("merchant_payable", "processor_receivable", amount);
    }
  }

  private void dispute(Resource charge, long amount, String name) {
    tell(TestNotifications.of(DISPUTE_OPENED, charge, amount, name));
    post("merchant_payable", "processor_receivable", amount);
    switch (random.nextInt(3)) {
      case 0 -> tell(TestNotifications.of(DISPUTE_LOST, charge, amount, name));
      case 1 -> {
        tell(TestNotifications.of(DISPUTE_WON, charge, amount, name));
        post("processor_receivable", "merchant_payable", amount);
      }
      default -> {
        // Still undecided.
      }
    }
  }

  /** The worker tries, and may find out; if it does not, a notification tells. */
  private void outcome(Resource resource, long amount, boolean approved, NotificationType type) {
    int script = random.nextInt(4);
    boolean findsOut = script < 2;
    attempts(resource, approved, script);
    if (!findsOut || random.nextInt(3) > 0) {
      tell(TestNotifications.of(type, resource, amount));
    }
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

  private void post(String debit, String credit, long amount) {
    model.merge(debit, amount, Long::sum);
    model.merge(credit, -amount, Long::sum);
  }

  private Map<String, Long> balances(Merchant merchant) {
    Map<String, Long> balances = new TreeMap<>();
    for (String account : database.column(ACCOUNTS, merchant.id())) {
      balances.put(account, database.number(BALANCE, merchant.id(), account));
    }
    return balances;
  }

  private String status(Resource charge) {
    return database.column("SELECT status FROM charge WHERE id = ?", charge.id()).get(0);
  }
}
