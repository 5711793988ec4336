package io.onceledger.peers;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two workers run jobs that take eight seconds; the one with more of them is killed with SIGKILL
 * three seconds later. How soon do its jobs begin again, and does any run to its end twice?
 */
final class Kill implements Measurement {
  private static final int JOBS = 40;
  private static final long BEGIN_SECONDS = 30;
  private static final long MIDDLE_MILLIS = 3000;

  /** A job's eight seconds, and some to write that it is done. */
  private static final long FINISH_SECONDS = 15;

  @Override
  public List<Map<String, Object>> measure(Stage stage) throws IOException, SQLException {
    WorkerProcess enqueuer = stage.startProcess();
    enqueuer.command("setup");
    WorkerProcess one = stage.startProcess();
    WorkerProcess other = stage.startProcess();
    one.command("work");
    other.command("work");
    enqueuer.command("enqueue " + JOBS + " slow");
    if (!Waiting.until(
        BEGIN_SECONDS, () -> jobs(one, "started").size() + jobs(other, "started").size() >= JOBS)) {
      throw new WorkerProcess.FailedException(
          "not all jobs began within " + BEGIN_SECONDS + " seconds");
    }
    Waiting.sleep(MIDDLE_MILLIS);

    boolean first = running(one).size() >= running(other).size();
    WorkerProcess victim = first ? one : other;
    WorkerProcess survivor = first ? other : one;
    victim.kill();
    long killed = System.nanoTime();
    Set<Long> lost = running(victim);
    long patience = stage.options().patience().toSeconds();
    boolean all = Waiting.until(patience, () -> startedAfter(survivor, killed).containsAll(lost));
    if (all) {
      Waiting.until(FINISH_SECONDS, () -> jobs(survivor, "finished").containsAll(lost));
    }
    return List.of(figures(victim, survivor, lost, killed, all, patience).map());
  }

  private static Figures figures(
      WorkerProcess victim,
      WorkerProcess survivor,
      Set<Long> lost,
      long killed,
      boolean all,
      long patience) {
    double[] again =
        survivor.notes().stream()
            .filter(note -> note.what().equals("started") && note.nanos() > killed)
            .filter(note -> lost.contains(note.job()))
            .mapToDouble(note -> Waiting.seconds(note.nanos() - killed))
            .sorted()
            .toArray();
    OptionalDouble earliest =
        again.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(again[0]);
    Figures figures =
        new Figures("s", all ? (Double) again[again.length - 1] : null)
            .with("first_again_seconds", earliest.isPresent() ? earliest.getAsDouble() : null)
            .with("jobs_of_the_killed", lost.size())
            .with(
                "begun_again",
                startedAfter(survivor, killed).stream().filter(lost::contains).count())
            .with("ran_twice", finishedTwice(victim, survivor));
    if (!all) {
      figures.with("waited_seconds", patience);
    }
    return figures;
  }

  private static Set<Long> running(WorkerProcess worker) {
    Set<Long> running = jobs(worker, "started");
    running.removeAll(jobs(worker, "finished"));
    return running;
  }

  private static Set<Long> jobs(WorkerProcess worker, String what) {
    return worker.notes().stream()
        .filter(note -> note.what().equals(what))
        .map(WorkerProcess.Note::job)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Long> startedAfter(WorkerProcess worker, long nanos) {
    return worker.notes().stream()
        .filter(note -> note.what().equals("started") && note.nanos() > nanos)
        .map(WorkerProcess.Note::job)
        .collect(Collectors.toSet());
  }

  private static long finishedTwice(WorkerProcess one, WorkerProcess other) {
    return Stream.of(one, other)
        .flatMap(worker -> worker.notes().stream())
        .filter(note -> note.what().equals("finished"))
        .collect(Collectors.groupingBy(WorkerProcess.Note::job, Collectors.counting()))
        .values()
        .stream()
        .filter(times -> times > 1)
        .count();
  }
}
