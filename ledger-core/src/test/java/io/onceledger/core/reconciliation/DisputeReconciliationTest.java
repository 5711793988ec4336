package io.onceledger.core.reconciliation;

import static io.onceledger.core.inbox.NotificationType.DISPUTE_LOST;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_OPENED;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_WON;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.inbox.NotificationType;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reports that name disputes, by their payment or by their own id, and books that may know them.
 */
class DisputeReconciliationTest extends ReconciliationTestCase {

  private static final String TAKEN = "dispute";
  private static final String GIVEN_BACK = "dispute_reversal";

  private Inbox inbox;
  private TestReport report;
  private final List<String> broken = new ArrayList<>();
  private long matched;

  @BeforeEach
  void an_inbox() {
    inbox = new Inbox(database.writer());
    report = new TestReport();
  }

  /** Breaks of every kind among sound disputes: the found set is the broken set. */
  @Test
  void whatever_is_broken_is_found_and_nothing_else() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("DisputeReconciliationTest seed " + seed);
    Random random = new Random(seed);
    UUID stranger = TestCharges.merchant(database).id();
    for (int i = 0; i < 60; i++) {
      // The first of each, then any.
      breakOne(i < 14 ? i : random.nextInt(20), random.nextInt(50_000), "pay_" + i, stranger);
    }

    Run run = reconcile(report);

    assertThat(found()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(broken);
    assertThat(run.matched()).as("seed " + seed).isEqualTo(matched);
    assertThat(reconcile(report).open()).as("again, seed " + seed).isEqualTo(broken.size());
  }

  private void breakOne(int kind, long some, String payment, UUID stranger) throws SQLException {
    long amount = 2 + some;
    switch (kind) {
      case 0 -> {
        UUID nobody = UUID.randomUUID();
        line(TAKEN, payment, nobody, amount, "USD");
        breaks("missing_here", TAKEN, nobody);
      }
      case 1 -> {
        UUID charge = settled(amount, payment);
        line(TAKEN, payment, charge, amount, "USD");
        breaks("missing_here", TAKEN, charge);
      }
      case 2 -> {
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, null);
        breaks("missing_there", TAKEN, charge);
      }
      case 3 -> {
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, null);
        line(TAKEN, payment, charge, amount - 1, "USD");
        breaks("amount", TAKEN, charge);
      }
      case 4 -> {
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, "dp_1");
        line(TAKEN, "dp_1", charge, amount, "EUR");
        breaks("currency", TAKEN, charge);
      }
      case 5 -> {
        UUID charge = declined(amount);
        line(TAKEN, payment, charge, amount, "USD");
        breaks("status", TAKEN, charge);
      }
      case 6 -> {
        UUID charge = disputed(amount, payment, DISPUTE_WON);
        breaks("missing_there", GIVEN_BACK, charge);
      }
      case 7 -> {
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, null);
        matches(TAKEN, payment, charge, amount);
        line(GIVEN_BACK, payment, charge, amount, "USD");
        breaks("missing_here", GIVEN_BACK, charge);
      }
      case 8 -> {
        UUID charge = disputed(amount, payment, DISPUTE_LOST);
        line(GIVEN_BACK, payment, charge, amount, "USD");
        breaks("status", GIVEN_BACK, charge);
      }
      case 9 -> {
        // Under another merchant: unknown there, and unreported here.
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, null);
        report.line(stranger, TAKEN, payment, reference(charge), amount, "USD", 0);
        breaks("missing_here", TAKEN, charge);
        breaks("missing_there", TAKEN, charge);
      }
      case 10 -> {
        // The end was told and the opening was not: nothing is booked.
        UUID charge = settled(amount, payment);
        tell(DISPUTE_WON, charge, amount, payment, null);
        line(TAKEN, payment, charge, amount, "USD");
        line(GIVEN_BACK, payment, charge, amount, "USD");
        breaks("missing_here", TAKEN, charge);
        breaks("missing_here", GIVEN_BACK, charge);
      }
      case 11 -> {
        // One line for two of one payment: the other one is not in it.
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, 1, payment, "dp_1");
        tell(DISPUTE_OPENED, charge, amount, payment, "dp_2");
        matches(TAKEN, payment, charge, amount);
        breaks("missing_there", TAKEN, charge);
      }
      case 12 -> {
        // Its own id and its payment: the second line is none of ours.
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, "dp_1");
        matches(TAKEN, "dp_1", charge, amount);
        line(TAKEN, payment, charge, amount, "USD");
        breaks("missing_here", TAKEN, charge);
      }
      case 13 -> {
        // Two of one payment, each by its own id, one of which ended well.
        UUID charge = settled(amount, payment);
        tell(DISPUTE_OPENED, charge, amount, payment, "dp_1");
        tell(DISPUTE_OPENED, charge, amount, payment, "dp_2");
        tell(DISPUTE_WON, charge, amount, payment, "dp_2");
        matches(TAKEN, "dp_1", charge, amount);
        matches(TAKEN, "dp_2", charge, amount);
        matches(GIVEN_BACK, payment, charge, amount);
      }
      case 14 -> tell(DISPUTE_OPENED, declined(amount), amount, payment, null);
      case 15 -> tell(DISPUTE_WON, settled(amount, payment), amount, payment, null);
      case 16 -> disputed(amount, payment, DISPUTE_LOST);
      case 17 -> settled(amount, payment);
      default -> {
        UUID charge = disputed(amount, payment, DISPUTE_WON);
        matches(GIVEN_BACK, payment, charge, amount);
      }
    }
  }

  @Test
  void what_is_told_after_its_report_is_gone_then() throws Exception {
    UUID charge = settled(10_000, "pay_1");
    line(TAKEN, "pay_1", charge, 4_000, "USD");
    reconcile(report);
    assertThat(found()).containsExactly("missing_here dispute " + reference(charge));

    tell(DISPUTE_OPENED, charge, 4_000, "pay_1", null);

    assertThat(reconcile(report).matched()).isEqualTo(2);
    assertThat(found()).isEmpty();
  }

  @Test
  void what_only_a_later_report_names_is_gone_then() throws Exception {
    UUID charge = settled(10_000, "pay_1");
    tell(DISPUTE_OPENED, charge, 3_000, "pay_1", "dp_1");
    tell(DISPUTE_OPENED, charge, 4_000, "pay_1", "dp_2");
    reconcile(report);
    assertThat(found()).hasSize(2);

    line(TAKEN, "pay_1", charge, 4_000, "USD");
    reconcile(report);

    assertThat(
            database.column(
                "SELECT payment || ': ' || note FROM reconciliation_difference d"
                    + " WHERE resolved_at IS NOT NULL"))
        .containsExactly("dp_2: Gone: it is in the report of " + today);
    assertThat(found()).containsExactly("missing_there dispute " + reference(charge));
  }

  @Test
  void a_day_whose_report_was_never_read_accuses_nobody() throws Exception {
    UUID charge = settled(10_000, "pay_1");
    tell(DISPUTE_OPENED, charge, 10_000, "pay_1", null);
    database.execute(
        """
        UPDATE charge SET created_at = created_at - interval '2 days';
        UPDATE inbox_message SET occurred_at = now() - interval '1 day';
        """);

    reconcile(report);
    assertThat(found()).as("it may be in yesterday's report").isEmpty();

    reconcile(today.minusDays(1), new TestReport());
    assertThat(found()).containsExactly("missing_there dispute " + reference(charge));
  }

  @Test
  void that_a_lost_one_was_given_back_is_for_a_person_to_see() throws Exception {
    UUID charge = disputed(10_000, "pay_1", DISPUTE_LOST);
    line(GIVEN_BACK, "pay_1", charge, 10_000, "USD");

    reconcile(report);
    reconcile(report);

    assertThat(database.column("SELECT reason FROM review"))
        .containsExactly(
            "The report of %s has what is given back of payment pay_1 for what is lost here"
                .formatted(today));
  }

  /** A charge that has succeeded and is in the report. */
  private UUID settled(long amount, String payment) throws SQLException {
    UUID charge = succeeded(amount, payment);
    report.payment(merchant.id(), payment, charge, amount, 0);
    matched++;
    return charge;
  }

  /** A dispute that is in the report, and its end. */
  private UUID disputed(long amount, String payment, NotificationType end) throws SQLException {
    UUID charge = settled(amount, payment);
    tell(DISPUTE_OPENED, charge, amount, payment, null);
    tell(end, charge, amount, payment, null);
    matches(TAKEN, payment, charge, amount);
    return charge;
  }

  private void tell(NotificationType type, UUID charge, long amount, String payment, String dispute)
      throws SQLException {
    inbox.take(
        TestNotifications.of(
            type,
            Resource.charge(merchant.id(), charge),
            amount,
            "USD",
            payment,
            dispute == null ? payment : dispute));
  }

  private void line(String type, String payment, UUID charge, long amount, String currency) {
    report.line(merchant.id(), type, payment, reference(charge), amount, currency, 0);
  }

  private void matches(String type, String payment, UUID charge, long amount) {
    line(type, payment, charge, amount, "USD");
    matched++;
  }

  private void breaks(String kind, String type, UUID charge) {
    broken.add(kind + " " + type + " " + reference(charge));
  }

  private List<String> found() {
    return database.column(
        "SELECT kind || ' ' || type || ' ' || reference FROM reconciliation_difference"
            + " WHERE resolved_at IS NULL ORDER BY 1");
  }
}
