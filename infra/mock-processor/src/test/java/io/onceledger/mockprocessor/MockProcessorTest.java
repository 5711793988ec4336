package io.onceledger.mockprocessor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: how it starts, refuses to start, and is killed. */
class MockProcessorTest {
  private static final Pattern READY =
      Pattern.compile("Mock processor listening on http://127\\.0\\.0\\.1:(\\d+), journal in .*");

  @TempDir private Path directory;

  @Test
  void what_was_answered_survives_kill_9() throws Exception {
    Process first = start(Map.of());
    HttpResponse<String> paid = pay(port(first));
    assertThat(paid.statusCode()).isEqualTo(201);

    first.destroyForcibly().waitFor();

    Process second = start(Map.of());
    try {
      HttpResponse<String> repeat = pay(port(second));
      assertThat(repeat.statusCode()).isEqualTo(200);
      assertThat(repeat.body()).isEqualTo(paid.body());
    } finally {
      second.destroyForcibly();
    }
  }

  @Test
  void sigterm_stops_it() throws Exception {
    Process process = start(Map.of());
    assertThat(port(process)).isPositive();

    // Not Process.destroy, which closes the streams that are read below.
    assertThat(process.toHandle().destroy()).isTrue();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // 128 + SIGTERM, as a JVM without a handler of its own reports it.
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(complaints(process)).isEmpty();
  }

  @Test
  void a_port_that_is_taken_is_one_line_naming_the_variable() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start(Map.of("LEDGER_PROCESSOR_PORT", Integer.toString(taken.getLocalPort())));

      assertRefused(process, "LEDGER_PROCESSOR_PORT");
    }
  }

  @Test
  void a_directory_that_is_in_use_is_one_line_naming_the_variable() throws Exception {
    Process first = start(Map.of());
    try {
      assertThat(port(first)).isPositive();

      assertRefused(start(Map.of()), "LEDGER_PROCESSOR_DATA");
    } finally {
      first.destroyForcibly();
    }
  }

  @Test
  void a_variable_that_cannot_be_read_is_one_line_naming_it() throws Exception {
    Process process = start(Map.of("LEDGER_PROCESSOR_PROFILE_CACHES", "some"));

    assertRefused(process, "LEDGER_PROCESSOR_PROFILE_CACHES");
  }

  private static void assertRefused(Process process, String variable) throws Exception {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(complaints(process)).singleElement().asString().startsWith(variable);
  }

  /** What the program says; newer JVMs add warnings of their own about what Netty uses of them. */
  private static List<String> complaints(Process process) {
    return process
        .errorReader(UTF_8)
        .lines()
        .filter(line -> !line.startsWith("WARNING: "))
        .toList();
  }

  private Process start(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            MockProcessor.class.getName());
    builder.environment().keySet().removeIf(name -> name.startsWith("LEDGER_"));
    builder.environment().put("LEDGER_PROCESSOR_PORT", "0");
    builder.environment().put("LEDGER_PROCESSOR_DATA", directory.toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static int port(Process process) throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    Matcher matcher = READY.matcher(output.readLine());
    assertThat(matcher.matches()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static HttpResponse<String> pay(int port) throws Exception {
    String body =
        "{'amount':1000,'currency':'USD','payment_method':'pm_card_visa','reference':'ch_1'}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/payments"))
            .header("Idempotency-Key", "k")
            .header("Merchant-Account", "mer_a")
            .POST(BodyPublishers.ofString(RunningProcessor.json(body)))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
