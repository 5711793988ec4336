package io.onceledger.peers;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Jobs are enqueued, then drained by one process that has connected before: from the order to begin
 * until the peer's table holds no job that is left to do.
 */
record Drain(String kind, int usualJobs) implements Measurement {
  private static final long LONGEST_SECONDS = 900;

  /** What was executed last has to be written yet. */
  private static final long WRITE_SECONDS = 60;

  @Override
  public List<Map<String, Object>> measure(Stage stage) throws IOException, SQLException {
    int jobs = stage.options().jobs().orElse(usualJobs);
    WorkerProcess enqueuer = stage.startProcess();
    enqueuer.command("setup");
    long enqueueing = System.nanoTime();
    enqueuer.command("enqueue " + jobs + " " + kind);
    double enqueueSeconds = Waiting.secondsSince(enqueueing);
    enqueuer.close();
    stage.database().settle();
    stage.processor().callsSinceAsked();

    WorkerProcess worker = stage.startProcess();
    long start = System.nanoTime();
    worker.command("work");
    Waiting.until(LONGEST_SECONDS, () -> worker.ran() >= jobs || !worker.isAlive());
    boolean empty =
        Waiting.until(
            WRITE_SECONDS,
            () -> stage.database().holds("NOT EXISTS (" + stage.peer().left() + ")"));
    double seconds = Waiting.secondsSince(start);
    if (!empty) {
      throw new WorkerProcess.FailedException("jobs were left after " + Math.round(seconds) + " s");
    }
    Figures figures =
        new Figures("jobs/s", Math.round(jobs / seconds))
            .with("jobs", jobs)
            .with("seconds", seconds)
            .with("executed", worker.ran())
            .with("enqueued_per_second", Math.round(jobs / enqueueSeconds));
    if (kind.equals("processor")) {
      figures.with("calls", stage.processor().callsSinceAsked());
    }
    return List.of(figures.map());
  }
}
