package io.onceledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shortest scenario of {@code infra/chaos} on the packaged processes; the others take minutes
 * and are run by hand. It is judged by its histories here: how soon all has moved is for a machine
 * that does nothing else.
 */
class ChaosIT {
  private static final Path ROOT = Path.of(System.getProperty("ledger.root"));

  @TempDir Path directory;

  @Test
  void what_a_killed_worker_had_under_way_is_taken_over_and_charged_once() throws Exception {
    Path verdict = directory.resolve("verdict.json");
    Path log = directory.resolve("chaos.log");
    Process chaos =
        new ProcessBuilder(
                ROOT.resolve("infra/chaos").toString(),
                "takeover",
                "--seed",
                "7",
                "--within",
                "3600",
                "--json",
                verdict.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(chaos.waitFor(6, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      chaos.destroy();
    }

    assertThat(chaos.exitValue()).as(Files.readString(log)).isZero();
    JsonNode json = new ObjectMapper().readTree(Files.readString(verdict));
    assertThat(json.path("holds").asBoolean()).isTrue();
    assertThat(json.path("figures").path("succeeded").asInt()).isEqualTo(400);
    assertThat(json.path("figures").path("effects").asInt()).isEqualTo(400);
  }
}
