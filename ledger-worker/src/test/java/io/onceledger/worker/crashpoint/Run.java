package io.onceledger.worker.crashpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.testing.TestCharges;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One charge on its way, from its first delivery until nothing is left to do, whatever strikes it.
 * A process that has crashed is followed by another; one that hangs goes on when all is done.
 */
final class Run implements AutoCloseable {

  private static final long AMOUNT = 10_000;

  /** Until two receipts are there, and until the outbox is empty: far more than any way needs. */
  private static final int MOST_TRIES = 30;

  /** Longer than a lease, and than all that a worker may still do under it. */
  private static final Duration SLEEP = Duration.ofMinutes(10);

  private final World world;
  private final Course course;
  private final Merchant merchant;
  private final Account account;
  private final SmallRyeConfig config;
  private final Map<String, Life> lives = new ConcurrentHashMap<>();
  private final List<ApiProcess> apis = new ArrayList<>();
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final List<CompletableFuture<Acceptance<ChargeReceipt>>> unanswered = new ArrayList<>();
  private final List<ChargeReceipt> receipts = new ArrayList<>();
  private int deliveries;

  Run(World world, Walk walk, List<Strike> strikes) {
    this.world = world;
    this.course = new Course(Stream.concat(walk.before().stream(), strikes.stream()).toList());
    this.merchant = world.merchant();
    this.account =
        world.processor().open(merchant.id(), walk.caches(), course, name -> lives.get(name));
    this.config = world.config(walk.caches());
  }

  /** All the way. */
  void toItsEnd() throws Exception {
    deliverTwice();
    workOff();
    resumeWhatHangs();
    deliver();
  }

  /** A client repeats its request until it is answered, and once more. */
  private void deliverTwice() throws Exception {
    for (int i = 0; receipts.size() < 2; i++) {
      assertThat(i).as("deliveries without two receipts").isLessThan(MOST_TRIES);
      deliver();
    }
  }

  private void deliver() throws Exception {
    ApiProcess api = runningApi();
    deliveries++;
    CompletableFuture<Acceptance<ChargeReceipt>> answer =
        api.submit(TestCharges.delivery(merchant, "k", AMOUNT));
    await(() -> answer.isDone() || api.life().isHanging());
    if (answer.isDone()) {
      keepReceipt(answer);
    } else {
      unanswered.add(answer);
    }
  }

  private void keepReceipt(CompletableFuture<Acceptance<ChargeReceipt>> answer)
      throws InterruptedException {
    try {
      Acceptance<ChargeReceipt> acceptance = answer.get();
      assertThat(acceptance).isInstanceOfAny(Executed.class, Replayed.class);
      receipts.add(
          acceptance instanceof Executed<ChargeReceipt> executed
              ? executed.receipt()
              : ((Replayed<ChargeReceipt>) acceptance).receipt());
    } catch (ExecutionException e) {
      // The client hears of no answer, or of a 503: neither says anything about the charge.
      assertThat(e.getCause()).isNotInstanceOf(AssertionError.class);
    }
  }

  /** Workers take turns until nothing is due any more; each claim comes when it may. */
  private void workOff() {
    for (int i = 0; world.advanceToDue(merchant.id()); i++) {
      assertThat(i).as("claims without an end").isLessThan(MOST_TRIES);
      takeTurn(runningWorker());
    }
  }

  private void takeTurn(WorkerProcess worker) {
    worker.life().giveTurn();
    await(worker::isQuiet);
  }

  /** Whoever was stopped finds its work done, and leaves it alone. */
  private void resumeWhatHangs() throws Exception {
    List<Life> hanging = lives.values().stream().filter(Life::isHanging).toList();
    if (hanging.isEmpty()) {
      return;
    }
    boolean done = receipts.size() >= 2 && !world.advanceToDue(merchant.id());
    List<String> rows = rows();
    world.advance(SLEEP);
    hanging.forEach(Life::resume);
    for (CompletableFuture<Acceptance<ChargeReceipt>> answer : unanswered) {
      await(answer::isDone);
      keepReceipt(answer);
    }
    for (WorkerProcess worker : workers) {
      if (hanging.contains(worker.life())) {
        await(worker::isQuiet);
        // Keeps its leases and claims; the second time if its connection was ended meanwhile.
        takeTurn(worker);
        takeTurn(worker);
      }
    }
    assertThat(done).isTrue();
    assertThat(rows()).as("what a process wrote whose work was done by others").isEqualTo(rows);
  }

  /** All of the merchant but how often its key was delivered. */
  private List<String> rows() {
    return Stream.of(
            "idempotency_key",
            "charge",
            "outbox_message",
            "attempt",
            "event",
            "ledger_entry",
            "account_balance",
            "review")
        .flatMap(
            table ->
                world
                    .column(
                        "SELECT t::text FROM %s AS t WHERE merchant_id = ? ORDER BY 1"
                            .formatted(table),
                        merchant.id())
                    .stream()
                    .map(row -> table + " " + row))
        .toList();
  }

  Course course() {
    return course;
  }

  Merchant merchant() {
    return merchant;
  }

  Account account() {
    return account;
  }

  /** Those of all deliveries that were answered. */
  List<ChargeReceipt> receipts() {
    return receipts;
  }

  /** How often the client has tried. */
  int deliveries() {
    return deliveries;
  }

  private ApiProcess runningApi() {
    if (apis.isEmpty() || !last(apis).life().isRunning()) {
      apis.add(new ApiProcess(life("api-" + (apis.size() + 1)), world));
    }
    return last(apis);
  }

  private WorkerProcess runningWorker() {
    if (workers.isEmpty() || !last(workers).life().isRunning()) {
      workers.add(new WorkerProcess(life("worker-" + (workers.size() + 1)), world, config));
      await(last(workers)::isQuiet);
    }
    return last(workers);
  }

  private Life life(String name) {
    Life life = new Life(name, course, world.sessions(), world::aheadNanos);
    lives.put(name, life);
    return life;
  }

  /** Kills whatever still runs; what a failed run leaves behind disturbs no other. */
  @Override
  public void close() {
    world.column(
        """
        UPDATE outbox_message
        SET due_at = 'infinity', step = 'parked'
        WHERE merchant_id = ?
        RETURNING step
        """,
        merchant.id());
    lives.values().forEach(Life::kill);
    apis.forEach(world::bury);
    workers.forEach(world::bury);
  }

  private static <T> T last(List<T> items) {
    return items.get(items.size() - 1);
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(60))
        .until(condition::getAsBoolean);
  }
}
