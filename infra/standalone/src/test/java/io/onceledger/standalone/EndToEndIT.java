package io.onceledger.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged processes, started as a person starts them, driven through the mock's faults.
 * Time-outs are short, so that what is resolved by waiting is resolved while one watches.
 */
class EndToEndIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String DEMO = "sk_test_demo";
  private static final String ACME = "sk_test_acme";

  @TempDir static Path data;

  private static RunningStandalone standalone;
  private static int api;
  private static int processor;

  @BeforeAll
  static void start() throws IOException {
    standalone =
        new RunningStandalone(
            data,
            Map.of(
                "LEDGER_PROCESSOR_CALL_TIMEOUT", "1s",
                "LEDGER_PROCESSOR_PROFILE_SETTLE_TIME", "1s"));
    api = standalone.apiPort();
    processor = standalone.processorPort();
  }

  /** Whatever another test has set, and a processor that was killed has forgotten. */
  @BeforeEach
  void nothing_fails_by_chance() throws IOException {
    put(
        processor,
        "/faults",
        "{\"hang_ms\":2000,\"lost_ack_rate\":0,\"error_after_effect_rate\":0}");
  }

  @AfterAll
  static void stop() {
    standalone.close();
  }

  @Test
  void who_waits_hears_that_a_charge_succeeded_and_it_is_booked_with_its_fee() throws Exception {
    String key = "first-charge";

    HttpResponse<String> answer = charge(ACME, key, 10_000, "pm_card_visa", "wait=30");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode charge = JSON.readTree(answer.body());
    assertThat(charge.path("status").asText()).isEqualTo("succeeded");
    JsonNode demo = JSON.readTree(charge(DEMO, key, 10_000, "pm_card_visa", "wait=30").body());
    assertThat(demo.path("id")).isNotEqualTo(charge.path("id"));
    assertThat(amounts(get(DEMO, "/v1/entries?charge=" + demo.path("id").asText()).path("data")))
        .containsExactlyInAnyOrder("charge 10000", "fee 320");
    assertThat(effects().stream().filter(e -> e.path("idempotency_key").asText().equals(key)))
        .as("two merchants' equal keys make two charges")
        .hasSize(2);
  }

  @Test
  void a_key_reaches_the_processor_byte_for_byte() throws Exception {
    String key = "a \"quoted\" \\ key, with; everything: %7E +/=";
    String header = '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

    assertThat(charge(DEMO, header, 500, "pm_lost_ack_once", "wait=30").statusCode())
        .isEqualTo(200);

    assertThat(effects()).extracting(e -> e.path("idempotency_key").asText()).contains(key);
  }

  @Test
  void every_fate_at_the_processor_ends_in_the_status_that_its_journal_proves() throws Exception {
    Map<String, String> fates = new LinkedHashMap<>();
    fates.put("pm_card_visa", "succeeded");
    fates.put("pm_card_declined", "declined");
    fates.put("pm_insufficient_funds", "declined");
    fates.put("pm_lost_ack_once", "succeeded");
    fates.put("pm_error_twice", "succeeded");
    fates.put("pm_error_after_effect_once", "succeeded");
    fates.put("pm_timeout_once", "succeeded");
    fates.put("pm_late_effect", "succeeded");
    fates.put("pm_garbage_once", "succeeded");
    fates.put("pm_rate_limited_once", "succeeded");
    for (String method : fates.keySet()) {
      charge(DEMO, "fate-" + method, 700, method, null);
    }

    for (Map.Entry<String, String> fate : fates.entrySet()) {
      assertThat(settled("fate-" + fate.getKey()).path("status").asText())
          .as(fate.getKey())
          .isEqualTo(fate.getValue());
    }

    assertNothingIsWrong();
  }

  @Test
  void whatever_is_killed_each_charge_is_made_once() throws Exception {
    put(processor, "/faults", "{\"lost_ack_rate\":0.1,\"error_after_effect_rate\":0.1,\"seed\":7}");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add("kill-" + i);
      deliver(keys.get(i));
      if (i == 100) {
        kill("worker-1");
      }
      if (i == 150) {
        kill("postgres");
      }
      if (i == 200) {
        kill("api");
      }
      if (i == 250) {
        kill("processor");
      }
    }

    for (String key : keys) {
      assertThat(settled(key).path("status").asText()).as(key).isEqualTo("succeeded");
    }

    assertThat(effects().stream().map(e -> e.path("idempotency_key").asText()))
        .as("each key took effect")
        .containsAll(keys);
    assertNothingIsWrong();
  }

  private static void assertNothingIsWrong() throws Exception {
    JsonNode summary = JSON.readTree(send(processor, "/journal/summary").body());
    assertThat(summary.path("double_effects").asInt(-1)).isZero();
    assertThat(summary.path("max_effects_per_key").asInt(-1)).isEqualTo(1);
    assertThat(get("ok_test_operator", "/v1/ops/invariants").path("violations")).isEmpty();
  }

  /** Delivers until it is answered: what a client does that keeps its key. */
  private static void deliver(String key) {
    await()
        .atMost(60, SECONDS)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> charge(DEMO, key, 900, "pm_card_visa", null).statusCode() == 202);
  }

  /** The charge of {@code key} when it is final. */
  private static JsonNode settled(String key) {
    return await()
        .atMost(90, SECONDS)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> get(DEMO, "/v1/charges?idempotency_key=" + key).path("data").path(0),
            charge ->
                Stream.of("succeeded", "declined", "canceled", "needs_review")
                    .anyMatch(charge.path("status").asText()::equals));
  }

  private static void kill(String name) throws IOException {
    String pid = Files.readAllLines(data.resolve("run/" + name + ".pid")).get(0).strip();
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    assertThat(process).as(name).isPresent();
    process.get().destroyForcibly();
  }

  private static List<JsonNode> effects() throws Exception {
    List<JsonNode> effects = new ArrayList<>();
    for (String line : send(processor, "/journal").body().lines().toList()) {
      JsonNode record = JSON.readTree(line);
      if (record.path("kind").asText().equals("effect")) {
        effects.add(record);
      }
    }
    return effects;
  }

  private static List<String> amounts(JsonNode entries) {
    List<String> amounts = new ArrayList<>();
    entries.forEach(
        entry -> amounts.add(entry.path("kind").asText() + " " + entry.path("amount").asLong()));
    return amounts;
  }

  private static HttpResponse<String> charge(
      String apiKey, String keyHeader, long amount, String method, String prefer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api, "/v1/charges")
            .header("Authorization", "Bearer " + apiKey)
            .header("Idempotency-Key", keyHeader)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"amount\":%d,\"currency\":\"USD\",\"payment_method\":\"%s\"}"
                        .formatted(amount, method)));
    if (prefer != null) {
      request.header("Prefer", prefer);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode get(String apiKey, String path) throws IOException, InterruptedException {
    return JSON.readTree(
        HTTP.send(
                request(api, path).header("Authorization", "Bearer " + apiKey).build(),
                BodyHandlers.ofString())
            .body());
  }

  private static HttpResponse<String> send(int port, String path)
      throws IOException, InterruptedException {
    return HTTP.send(request(port, path).build(), BodyHandlers.ofString());
  }

  private static void put(int port, String path, String body) throws IOException {
    try {
      HttpResponse<String> answer =
          HTTP.send(
              request(port, path)
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(40));
  }
}
