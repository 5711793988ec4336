package io.onceledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedPostgresTest {

  @Test
  void its_address_can_be_connected_to() throws Exception {
    try (Connection connection =
        DriverManager.getConnection(
            SharedPostgres.jdbcUrl("postgres"), SharedPostgres.user(), SharedPostgres.password())) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  /** The JVMs under "build" are siblings whose nearest Java parent is that one, as in Maven. */
  @Test
  void racing_jvms_of_one_build_get_one_server_which_ends_with_the_build() throws Exception {
    Process build = java(Build.class);
    List<String> lines;
    try (var output = build.inputReader(StandardCharsets.UTF_8)) {
      lines = output.lines().toList();
    }
    assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lines).hasSize(Build.JVMS + 1);
    assertThat(lines.subList(0, Build.JVMS)).allMatch(lines.get(0)::equals);
    long keeper = Long.parseLong(lines.get(Build.JVMS));
    ProcessHandle.of(keeper)
        .map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .get(60, TimeUnit.SECONDS);
  }

  private static Process java(Class<?> main) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
