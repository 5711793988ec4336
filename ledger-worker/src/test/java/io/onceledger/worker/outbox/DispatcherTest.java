package io.onceledger.worker.outbox;

import static io.onceledger.worker.testing.Background.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.processor.Redrives;
import io.onceledger.core.processor.Redrives.Verdict.Redriven;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.worker.processor.ProcessorBreaker;
import io.onceledger.worker.processor.ProcessorClient;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.testing.ScriptedProcessor;
import io.onceledger.worker.testing.ScriptedProcessor.Mood;
import io.onceledger.worker.testing.TestConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker between a real database and a processor that does as it is told. */
class DispatcherTest {

  private static final int CONCURRENCY = 32;
  private static final int DELAY_MILLIS = 100;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LedgerDatabase database;
  private Merchant merchant;
  private ScriptedProcessor processor;
  private ProcessorBreaker breaker;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() throws IOException {
    database = LedgerDatabase.create();
    merchant = TestCharges.merchant(database);
    processor = new ScriptedProcessor(vertx);
  }

  @AfterEach
  void the_books_are_right() {
    dispatcher.stop(new ShutdownEvent());
    vertx.close();
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void an_unreachable_processor_is_tried_once_a_delay_and_afterwards_everything_is_done()
      throws SQLException {
    TestCharges.accept(database, merchant, 300);
    start(Map.of());
    eventually().until(this::isLeftAlone);

    long begin = System.nanoTime();
    long before = attempts();
    eventually().until(() -> attempts() >= before + 5);
    long tried = attempts() - before;
    long delays = (System.nanoTime() - begin) / 1_000_000 / DELAY_MILLIS;
    assertThat(tried).as("one for each delay, and the first").isLessThan(delays + 2);
    assertThat(database.number("SELECT count(*) FROM outbox_message WHERE attempts = 0"))
        .as("most were never claimed")
        .isGreaterThan(100);
    assertThat(dispatcher.isClaiming()).as("it is no fault of the worker").isTrue();

    processor.open();
    eventually().until(() -> count("succeeded") == 300);
    assertThat(processor.effects()).isEqualTo(300);
    assertThat(processor.mostAtOnce()).isLessThanOrEqualTo(CONCURRENCY);
    assertThat(database.number("SELECT count(*) FROM review")).as("nothing is parked").isZero();
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void a_processor_that_hangs_has_no_more_than_its_limit_at_once_and_then_one_at_a_time()
      throws SQLException {
    processor.be(Mood.HANGING);
    processor.open();
    TestCharges.accept(database, merchant, 150);
    start(
        Map.of(
            "ledger.processor.breaker.delay", "1ms",
            "ledger.processor.call-timeout", "500ms"));
    eventually().until(this::isLeftAlone);
    assertThat(processor.mostAtOnce()).isLessThanOrEqualTo(CONCURRENCY);

    // What hung when it opened is reset first; what follows tries alone.
    eventually().until(() -> processor.mostAtOnce() <= 1);
    int before = processor.requests();
    eventually().until(() -> processor.requests() >= before + 3);
    assertThat(processor.mostAtOnce()).isLessThanOrEqualTo(1);

    processor.be(Mood.WELL);
    eventually().until(() -> count("succeeded") == 150);
    assertThat(processor.effects()).isEqualTo(150);
    assertThat(processor.mostAtOnce()).isLessThanOrEqualTo(CONCURRENCY);
    assertThat(database.number("SELECT count(*) FROM review")).isZero();
  }

  @Test
  void a_processor_that_fails_is_left_alone_too() throws SQLException {
    processor.be(Mood.FAILING);
    processor.open();
    TestCharges.accept(database, merchant, 100);
    // What failed is sent again when no call can be under way any more.
    start(Map.of("ledger.processor.call-timeout", "500ms"));
    eventually().until(this::isLeftAlone);
    assertThat(meters.get("ledger.processor.breaker_open").gauge().value()).isEqualTo(1);

    processor.be(Mood.WELL);
    eventually().until(() -> count("succeeded") == 100);
    assertThat(meters.get("ledger.processor.breaker_open").gauge().value()).isZero();
    assertThat(database.number("SELECT count(*) FROM review")).isZero();
  }

  @Test
  void what_no_answer_decides_is_parked_and_can_be_redriven_and_harms_no_other()
      throws SQLException {
    processor.open();
    TestCharges.accept(database, merchant, 20);
    UUID lie = accept(ScriptedProcessor.LIES_ABOUT);
    start(Map.of("ledger.processor.max-attempts", "3"));

    eventually().until(() -> count("needs_review") == 1);
    eventually().until(() -> count("succeeded") == 20);
    assertThat(database.column("SELECT reason FROM review"))
        .containsExactly(
            "3 attempts have decided nothing; the last, a look-up, brought an answer with status"
                + " 200");

    redrive(lie);
    eventually().until(() -> database.number("SELECT count(*) FROM attempt WHERE n > 3") == 3);
    eventually().until(() -> parked() == 1);

    processor.confess();
    redrive(lie);
    eventually().until(() -> count("succeeded") == 21);
    assertThat(database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL")).isZero();
  }

  @Test
  void what_cannot_be_recorded_is_parked_after_its_claims_and_harms_no_other() throws SQLException {
    database.execute(
        """
        CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF NEW.amount = 777 THEN RAISE EXCEPTION ''poison''; END IF; RETURN NEW; END';
        CREATE TRIGGER poison BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION poison();
        """);
    processor.open();
    TestCharges.accept(database, merchant, 20);
    UUID poison = accept(777);
    start(Map.of("ledger.worker.max-lost-claims", "2", "ledger.worker.lease", "1s"));

    eventually().until(() -> count("needs_review") == 1);
    eventually().until(() -> count("succeeded") == 20);
    assertThat(database.column("SELECT reason FROM review").get(0)).startsWith("2 claims of it");
    int called = processor.requests();
    assertThat(parked()).isEqualTo(1);
    assertThat(meters.get("ledger.results.unrecorded").counter().count()).isGreaterThanOrEqualTo(2);

    database.execute("DROP TRIGGER poison ON ledger_entry");
    redrive(poison);
    eventually().until(() -> count("succeeded") == 21);
    assertThat(processor.requests()).as("one look-up").isEqualTo(called + 1);
    assertThat(processor.effects()).isEqualTo(21);
  }

  @Test
  void what_was_never_sent_and_is_too_old_is_canceled_and_what_is_young_is_sent()
      throws SQLException {
    TestCharges.accept(database, merchant, 3);
    database.execute("UPDATE outbox_message SET created_at = now() - interval '10 minutes'");
    UUID young = accept(777);
    processor.open();
    start(Map.of("ledger.charge.max-age", "5m"));

    eventually().until(() -> count("pending") == 0);
    assertThat(database.column("SELECT id FROM charge WHERE status = 'succeeded'"))
        .containsExactly(young.toString());
    assertThat(count("canceled")).isEqualTo(3);
    assertThat(processor.requests()).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM event WHERE type = 'charge.canceled'"))
        .isEqualTo(3);
    assertThat(database.number("SELECT count(*) FROM attempt WHERE outcome = 'not_sent'"))
        .isEqualTo(3);
  }

  /** What is canceled says nothing about the processor, and must not keep it from being tried. */
  @Test
  void what_is_too_old_keeps_nobody_from_trying_a_processor_that_is_back() throws SQLException {
    TestCharges.accept(database, merchant, 300);
    start(Map.of("ledger.charge.max-age", "5m"));
    eventually().until(this::isLeftAlone);
    String old = database.column("SELECT clock_timestamp()").get(0);
    database.execute("UPDATE outbox_message SET created_at = now() - interval '10 minutes'");
    TestCharges.accept(database, TestCharges.merchant(database), 5);
    processor.open();

    eventually().until(() -> count("pending") == 0);
    assertThat(count("succeeded")).isGreaterThanOrEqualTo(5);
    assertThat(breaker.isOpen()).isFalse();
    assertThat(
            database.number(
                "SELECT count(DISTINCT claimed_at) FROM attempt WHERE claimed_at > ?::timestamptz",
                old))
        .as("claims, for three hundred that end without a call")
        .isLessThan(60);
  }

  private void start(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("ledger.processor.url", processor.url());
    ProcessorConfig config = TestConfig.of(ProcessorConfig.class, all);
    breaker = new ProcessorBreaker(config);
    dispatcher =
        new Dispatcher(
            vertx,
            database.writer(),
            new ProcessorClient(vertx, config, System::nanoTime),
            breaker,
            config,
            TestConfig.of(WorkerConfig.class, all),
            TestConfig.of(ChargeConfig.class, all),
            Optional.empty(),
            meters,
            System::nanoTime);
    dispatcher.start(new StartupEvent());
  }

  private UUID accept(long amount) throws SQLException {
    ChargeDelivery delivery = TestCharges.delivery(merchant, "amount-" + amount, amount);
    new ChargeAcceptance(database.writer()).write(List.of(delivery));
    return delivery.proposedId();
  }

  private void redrive(UUID charge) throws SQLException {
    assertThat(new Redrives(database.operator()).redrive(charge, UUID.randomUUID(), null))
        .hasValueSatisfying(verdict -> assertThat(verdict).isInstanceOf(Redriven.class));
  }

  /** Open, and all that was called before has come to its end. */
  private boolean isLeftAlone() {
    return breaker.isOpen() && meters.get("ledger.claims.in_flight").gauge().value() <= 1;
  }

  private long attempts() {
    return (long)
        meters.find("ledger.attempts").counters().stream().mapToDouble(Counter::count).sum();
  }

  private long count(String status) {
    return database.number("SELECT count(*) FROM charge WHERE status = ?", status);
  }

  private long parked() {
    return database.number("SELECT count(*) FROM outbox_message WHERE step = 'parked'");
  }
}
