package io.onceledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.LedgerDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model of the database is held against the database: whatever a simulated world asked of the
 * one, the other is asked at the same time of its clock; all answers and all rows must be equal.
 */
class PostgresComparisonTest {

  /** In each world. */
  private static final int CHARGES = 15;

  private static final Decisions PRODUCT = new Decisions();

  private final List<TracingStore> traces = new ArrayList<>();
  private final LedgerDatabase database = LedgerDatabase.create();

  @ParameterizedTest
  @ValueSource(longs = {3, 12, 95, 342, 2414})
  void the_model_answers_and_ends_as_postgresql_does(long seed) {
    World world = world(seed, PRODUCT);

    assertThat(world.run().violation()).isEmpty();

    List<Operation> operations = traces.get(0).operations();
    assertThat(operations).hasSizeGreaterThan(50);
    assertThat(differing(operations)).isEmpty();
    assertThat(rowsOfPostgres()).containsExactlyInAnyOrderElementsOf(rowsOf(world.memory));
    assertThat(database.violations()).isEmpty();
  }

  /** Up to the step at which the simulation itself finds the bug. */
  @ParameterizedTest
  @EnumSource(names = {"SEND_WITHOUT_A_MARK", "FENCE_IS_NOT_CHECKED"})
  void a_model_with_a_bug_differs(PlantedBug bug) {
    long seed = 1;
    while (world(seed, bug.decisions()).run().violation().isEmpty()) {
      traces.clear();
      seed++;
    }

    assertThat(differing(traces.get(0).operations())).isPresent();
  }

  /** The first that PostgreSQL answers in another way. */
  private Optional<Operation> differing(List<Operation> operations) {
    PostgresStore postgres = new PostgresStore(database);
    return operations.stream()
        .filter(
            operation -> {
              postgres.setClock(operation.at());
              return !operation.again(postgres).equals(operation.answer());
            })
        .findFirst();
  }

  /** With as many slots as there is work: of what is due at one instant, either may come first. */
  private World world(long seed, Decisions decisions) {
    Setting setting = Setting.draw(new SplittableRandom(seed)).withSlots(1_000);
    World[] world = new World[1];
    world[0] =
        new World(
            Plan.of(seed, CHARGES),
            setting,
            decisions,
            false,
            store -> {
              traces.add(new TracingStore(store, () -> world[0].clock.database()));
              return traces.get(0);
            });
    return world[0];
  }

  private static List<String> rowsOf(MemoryStore store) {
    Stream<String> charges =
        store.charges().values().stream()
            .map(
                c ->
                    row(
                        "charge",
                        c.key.charge(),
                        c.status.text(),
                        c.events.size(),
                        c.declineCode,
                        c.processorPayment));
    Stream<String> messages =
        store.messages().values().stream()
            .map(
                m ->
                    row(
                        "message",
                        m.resource,
                        m.step.text(),
                        m.fence,
                        m.attempts,
                        millis(m.dueAt),
                        millis(m.claimedAt),
                        millis(m.firstSentAt)));
    Stream<String> attempts =
        store.charges().values().stream()
            .flatMap(
                c ->
                    c.attempts.stream()
                        .map(
                            a ->
                                row(
                                    "attempt",
                                    c.key.charge(),
                                    a.n(),
                                    a.call().text(),
                                    a.outcome().text(),
                                    millis(a.claimedAt()),
                                    millis(a.endedBy()),
                                    a.httpStatus())));
    Stream<String> events =
        store.charges().values().stream()
            .flatMap(
                c ->
                    IntStream.range(0, c.events.size())
                        .mapToObj(
                            i -> row("event", c.key.charge(), i + 1, c.events.get(i).text())));
    Stream<String> entries =
        store.books().entries().stream()
            .map(
                e ->
                    row(
                        "entry",
                        e.source(),
                        e.kind().text(),
                        e.debit().text(),
                        e.credit().text(),
                        e.amount(),
                        e.currency()));
    Stream<String> balances =
        store.books().balances().entrySet().stream()
            .map(
                b ->
                    row(
                        "balance",
                        b.getKey().merchant(),
                        b.getKey().account().text(),
                        b.getKey().currency(),
                        b.getValue().debits(),
                        b.getValue().credits()));
    return Stream.of(charges, messages, attempts, events, entries, balances)
        .flatMap(rows -> rows)
        .toList();
  }

  private List<String> rowsOfPostgres() {
    return database.column(
        """
        SELECT concat_ws(' ', 'charge', id, status, event_count, coalesce(decline_code, '-'),
                         coalesce(processor_payment, '-'))
        FROM charge
        UNION ALL
        SELECT concat_ws(' ', 'message', resource_id, step, fence, attempts,
                         CASE WHEN due_at = 'infinity' THEN 'never' ELSE millis(due_at) END,
                         coalesce(millis(claimed_at), '-'), coalesce(millis(first_sent_at), '-'))
        FROM outbox_message
        UNION ALL
        SELECT concat_ws(' ', 'attempt', resource_id, n, call, outcome, millis(claimed_at),
                         millis(ended_by), coalesce(http_status::text, '-'))
        FROM attempt
        UNION ALL
        SELECT concat_ws(' ', 'event', charge_id, sequence, status)
        FROM event
        UNION ALL
        SELECT concat_ws(' ', 'entry', source_id, kind, debit_account, credit_account, amount,
                         currency)
        FROM ledger_entry
        UNION ALL
        SELECT concat_ws(' ', 'balance', merchant_id, account, currency, debits, credits)
        FROM account_balance
        """
            .replaceAll("millis\\((\\w+)\\)", "(extract(epoch FROM $1) * 1000)::bigint::text"));
  }

  private static String row(Object... columns) {
    return String.join(
        " ", Stream.of(columns).map(c -> c == null ? "-" : String.valueOf(c)).toList());
  }

  private static String millis(Instant instant) {
    if (instant == null) {
      return null;
    }
    return instant.equals(Instant.MAX) ? "never" : String.valueOf(instant.toEpochMilli());
  }
}
