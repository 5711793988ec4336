package io.onceledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs npm in {@code infra/clients/typescript}. */
final class Npm {

  /** Set where a build without Node, or without the registry, proves too little. */
  private static final boolean REQUIRED = "1".equals(System.getenv("LEDGER_REQUIRE_NODE"));

  private final int port;
  private final String apiKey;

  /** The smoke test is told where the API is, and its key. */
  Npm(int port, String apiKey) {
    this.port = port;
    this.apiKey = apiKey;
  }

  /** Skips the test when npm fails, unless LEDGER_REQUIRE_NODE is 1. */
  void requireOrSkip(String... arguments) throws IOException, InterruptedException {
    String failure = run(arguments);
    if (!REQUIRED) {
      assumeTrue(
          failure.isEmpty(), "skipped, as LEDGER_REQUIRE_NODE is not 1: needs npm: " + failure);
    }
    assertThat(failure).isEmpty();
  }

  void require(String... arguments) throws IOException, InterruptedException {
    assertThat(run(arguments)).isEmpty();
  }

  /** What npm says when it fails; nothing when it does not. */
  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("npm"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(RunningLedger.ROOT.resolve("infra/clients/typescript").toFile())
            .redirectErrorStream(true);
    builder.environment().put("LEDGER_URL", "http://127.0.0.1:" + port);
    builder.environment().put("LEDGER_API_KEY", apiKey);
    try {
      Process npm = builder.start();
      npm.getOutputStream().close();
      String output = new String(npm.getInputStream().readAllBytes(), UTF_8);
      return npm.waitFor() == 0 ? "" : String.join(" ", command) + ":\n" + output;
    } catch (IOException e) {
      // There is no such program.
      return e.getMessage();
    }
  }
}
