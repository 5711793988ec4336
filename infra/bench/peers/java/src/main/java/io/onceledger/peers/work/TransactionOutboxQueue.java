package io.onceledger.peers.work;

import com.google.gson.JsonObject;
import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * transaction-outbox: an entry is enqueued by one process and found by another one's {@code flush},
 * as after a crash or in a backlog. (In the process that schedules, it would start right after the
 * commit.) Settings have the names of its builder's methods.
 */
final class TransactionOutboxQueue implements Queue {
  private static final Submitter LEAVE_IT_TO_THE_WORKER = (entry, executor) -> {};

  private final DataSource database;
  private final JsonObject settings;
  private TransactionManager transactions;
  private TransactionOutbox enqueuer;
  private ThreadPoolExecutor threads;
  private Thread flusher;

  TransactionOutboxQueue(DataSource database, JsonObject settings) {
    this.database = database;
    this.settings = settings;
  }

  @Override
  public void setUp() {
    enqueuer();
  }

  @Override
  public void enqueue(List<Job> jobs) {
    TransactionOutbox outbox = enqueuer();
    transactions.inTransaction(
        () -> {
          for (Job job : jobs) {
            outbox.schedule(Task.class).run(job.id(), job.kind(), job.at());
          }
        });
  }

  @Override
  public void work(Consumer<Job> run) {
    int count = settings.get("threads").getAsInt();
    int batch = settings.get("flushBatchSize").getAsInt();
    threads =
        new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    TransactionOutbox outbox =
        outbox(
            Duration.ofMillis(settings.get("attemptFrequencyMillis").getAsInt()),
            Submitter.withExecutor(threads),
            new JobTask(run));
    flusher = new Thread(() -> flush(outbox, batch), "flusher");
    flusher.start();
  }

  /**
   * Flushes as long as there is work, but no more than the threads get through in a short while.
   */
  private void flush(TransactionOutbox outbox, int batch) {
    long pause = settings.get("pauseMillis").getAsInt();
    try {
      while (!Thread.interrupted()) {
        boolean busy = threads.getQueue().size() > batch / 2;
        if (busy || !outbox.flush()) {
          Thread.sleep(busy ? 1 : pause);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (flusher != null) {
      flusher.interrupt();
      flusher.join();
      threads.shutdown();
      threads.awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  private TransactionOutbox enqueuer() {
    if (enqueuer == null) {
      // Soon: by default an entry is left for two minutes to the process that scheduled it.
      enqueuer = outbox(Duration.ofSeconds(1), LEAVE_IT_TO_THE_WORKER, new JobTask(job -> {}));
    }
    return enqueuer;
  }

  private TransactionOutbox outbox(Duration attemptFrequency, Submitter submitter, Task task) {
    transactions = TransactionManager.fromDataSource(database);
    return TransactionOutbox.builder()
        .transactionManager(transactions)
        .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
        .instantiator(Instantiator.using(type -> task))
        .submitter(submitter)
        .attemptFrequency(attemptFrequency)
        .flushBatchSize(settings.get("flushBatchSize").getAsInt())
        .serializeMdc(false)
        .build();
  }

  /** What an entry names, with its arguments. */
  interface Task {
    void run(long id, String kind, long at);
  }

  private record JobTask(Consumer<Job> run) implements Task {
    @Override
    public void run(long id, String kind, long at) {
      run.accept(new Job(id, kind, at));
    }
  }
}
