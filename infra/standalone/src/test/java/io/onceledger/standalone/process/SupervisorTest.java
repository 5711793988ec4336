package io.onceledger.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private final List<String> console = new CopyOnWriteArrayList<>();
  @TempDir Path data;
  private RunDirectory run;
  private Supervisor supervisor;

  @BeforeEach
  void supervise() {
    run = RunDirectory.take(data);
    supervisor = new Supervisor(run, Duration.ofMillis(100), console::add);
  }

  @AfterEach
  void stop() throws IOException {
    supervisor.close();
    run.close();
  }

  @Test
  void processes_start_in_the_order_told_and_stop_in_reverse() throws IOException {
    supervisor.start(child("first", "works"));
    supervisor.start(child("second", "works"));
    assertThat(pid("first").isAlive() && pid("second").isAlive()).isTrue();

    supervisor.close();

    assertThat(events())
        .containsExactly("first started", "second started", "second stopped", "first stopped");
    assertThat(data.resolve("run/first.pid")).doesNotExist();
    assertThat(data.resolve("run/second.pid")).doesNotExist();
  }

  @Test
  void a_refusal_tells_the_reason_from_the_log_and_leaves_nothing_running() {
    supervisor.start(child("first", "works"));
    ProcessHandle first = pid("first");

    assertThatThrownBy(() -> supervisor.start(child("second", "refuses")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("second did not start")
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("the database is on holiday")
        .hasMessageNotContaining("\n");
    supervisor.close();
    assertThat(first.isAlive()).isFalse();
  }

  @Test
  void a_process_that_is_never_ready_is_given_up() {
    assertThatThrownBy(() -> supervisor.start(child("slow", "hangs", Duration.ofMillis(300))))
        .hasMessageContaining("slow is not ready after 300 ms");
    ProcessHandle slow = pid("slow");
    supervisor.close();
    assertThat(slow.isAlive()).isFalse();
  }

  @Test
  void a_dead_process_is_started_again_and_the_others_go_on() throws Exception {
    supervisor.start(child("first", "works"));
    supervisor.start(child("second", "works"));
    ProcessHandle first = pid("first");
    ProcessHandle second = pid("second");

    first.destroyForcibly();
    await()
        .atMost(1, TimeUnit.MINUTES)
        .until(() -> console.stream().anyMatch(line -> line.contains("started again, process")));

    assertThat(pid("first").isAlive()).isTrue();
    assertThat(pid("second")).isEqualTo(second);
    assertThat(second.isAlive()).isTrue();
    assertThat(console)
        .anyMatch(line -> line.matches("first +was ended by signal 9; starting it again in 100 ms"))
        .anyMatch(line -> line.matches("first +started again, process " + pid("first").pid()));
  }

  @Test
  void a_process_that_dies_again_and_again_is_started_again_and_again() {
    supervisor.start(child("first", "works"));
    for (int death = 0; death < 3; death++) {
      ProcessHandle before = pid("first");
      before.destroyForcibly();
      await().until(() -> recordedPid("first") != before.pid());
    }
  }

  @Test
  void ctrl_c_in_the_terminal_does_not_reach_the_processes() throws Exception {
    supervisor.start(child("first", "works"));
    ProcessHandle first = pid("first");
    signal("INT", first);
    signal("HUP", first);
    signal("TERM", first); // signals are delivered in the order of their numbers at the earliest
    first.onExit().get(10, TimeUnit.SECONDS);
    await().until(() -> recordedPid("first") != first.pid());
    assertThat(console).anyMatch(line -> line.contains("was ended by signal 15"));
  }

  @Test
  void what_ends_during_the_stop_is_not_started_again() throws Exception {
    supervisor.start(child("first", "works"));
    supervisor.start(child("second", "lingers"));
    CompletableFuture<Void> stop = CompletableFuture.runAsync(supervisor::close);
    awaitEvent("second stopping");
    signal("TERM", pid("first"));
    awaitEvent("first stopped");

    // The stop still waits for the second, for longer than the pause.
    Files.createFile(FakeChild.release(data, "second"));
    stop.join();

    assertThat(events())
        .containsExactly(
            "first started",
            "second started",
            "second stopping",
            "first stopped",
            "second stopped");
  }

  @Test
  void a_stop_during_a_start_leaves_nothing_running() {
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            () -> supervisor.start(child("slow", "hangs", Duration.ofMinutes(1))));
    await().until(() -> Files.exists(data.resolve("run/slow.pid")));
    ProcessHandle slow = pid("slow");

    supervisor.close();

    assertThatThrownBy(start::join).hasCauseInstanceOf(CancellationException.class);
    assertThat(slow.isAlive()).isFalse();
    assertThatThrownBy(() -> supervisor.start(child("late", "works")))
        .isInstanceOf(CancellationException.class);
  }

  private Component child(String name, String behaviour) {
    return child(name, behaviour, Duration.ofSeconds(30));
  }

  private Component child(String name, String behaviour, Duration patience) {
    return new Component(
        name,
        "nowhere",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx16m",
            "-cp",
            System.getProperty("java.class.path"),
            FakeChild.class.getName(),
            data.toString(),
            name,
            behaviour),
        Map.of(),
        run.newLog(name),
        () -> Files.exists(FakeChild.ready(data, name)),
        patience);
  }

  private List<String> events() throws IOException {
    return Files.readAllLines(FakeChild.events(data));
  }

  private void awaitEvent(String event) {
    await().atMost(1, TimeUnit.MINUTES).until(() -> events().contains(event));
  }

  private ProcessHandle pid(String name) {
    return ProcessHandle.of(recordedPid(name)).orElseThrow();
  }

  private long recordedPid(String name) {
    try {
      return Long.parseLong(Files.readString(data.resolve("run").resolve(name + ".pid")).strip());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
