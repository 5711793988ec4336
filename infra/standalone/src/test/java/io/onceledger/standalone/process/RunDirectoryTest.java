package io.onceledger.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path data;

  @Test
  void only_one_launcher_holds_it() throws Exception {
    RunDirectory first = RunDirectory.take(data);
    assertThatThrownBy(() -> RunDirectory.take(data)).hasMessageContaining("LEDGER_DATA");
    first.close();
    RunDirectory.take(data).close();
  }

  @Test
  void what_a_killed_launcher_left_running_is_named() throws Exception {
    long pid = ProcessHandle.current().pid(); // a Java process that lives
    RunDirectory.take(data).close();
    Files.writeString(data.resolve("run/api.pid"), pid + "\n");
    assertThatThrownBy(() -> RunDirectory.take(data))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("(api)")
        .hasMessageEndingWith("kill " + pid);
  }

  @Test
  void a_pid_file_of_a_dead_process_does_not_matter() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.createDirectories(data.resolve("run"));
    Files.writeString(data.resolve("run/api.pid"), ended.pid() + "\n");
    RunDirectory.take(data).close();
  }

  @Test
  void the_log_before_is_kept() throws Exception {
    RunDirectory run = RunDirectory.take(data);
    Files.writeString(run.newLog("api"), "yesterday");
    assertThat(run.newLog("api")).doesNotExist();
    assertThat(data.resolve("log/api.log.1")).hasContent("yesterday");
    run.close();
  }
}
