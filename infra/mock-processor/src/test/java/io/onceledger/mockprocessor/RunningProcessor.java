package io.onceledger.mockprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real processor on a free port, with a directory of its own and a clock that tests move. */
public final class RunningProcessor implements BeforeEachCallback, AfterEachCallback {
  public static final String MERCHANT = "mer_a";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, String> variables;
  private final UnaryOperator<Settings> settings;
  private final SettableClock clock = new SettableClock();
  private Path directory;
  private MockProcessor running;

  /** An answer with a JSON body. */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {
    public String text(String member) {
      return body.path(member).textValue();
    }

    public String error() {
      return body.path("error").path("code").textValue();
    }
  }

  public RunningProcessor() {
    this(Map.of(), UnaryOperator.identity());
  }

  /**
   * One that is told more.
   *
   * @param variables beside port and directory
   * @param settings what becomes of them, where no variable says it
   */
  public RunningProcessor(Map<String, String> variables, UnaryOperator<Settings> settings) {
    this.variables = variables;
    this.settings = settings;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("mock-processor");
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    running.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  public SettableClock clock() {
    return clock;
  }

  public int port() {
    return running.port();
  }

  public Path journal() {
    return directory.resolve("journal.ndjson");
  }

  /** Stops; what a kill would leave is the same, since nothing is kept back in memory. */
  public void stop() {
    running.close();
  }

  public void start() throws StartFailure {
    start(variables);
  }

  /** Starts with other variables than before. */
  public void start(Map<String, String> otherVariables) throws StartFailure {
    Map<String, String> environment = new HashMap<>(otherVariables);
    environment.put("LEDGER_PROCESSOR_PORT", "0");
    environment.put("LEDGER_PROCESSOR_DATA", directory.toString());
    running = MockProcessor.start(settings.apply(Settings.of(environment)), clock);
  }

  /** Changes faults, for example {@code faults("{'lost_ack_rate': 1}")}. */
  public void faults(String change) {
    Answer answer = send(request("/faults").PUT(BodyPublishers.ofString(json(change))));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  /** A payment of 1000 USD by a card that works. */
  public Answer pay(String key) {
    return pay(key, "pm_card_visa");
  }

  public Answer pay(String key, String paymentMethod) {
    return send(payment(key, paymentMethod));
  }

  public HttpRequest.Builder payment(String key, String paymentMethod) {
    return effect(
        "/payments",
        key,
        "{'amount':1000,'currency':'USD','payment_method':'%s','reference':'ch_1'}"
            .formatted(paymentMethod));
  }

  public Answer refund(String key, String payment, long amount) {
    return send(
        effect(
            "/refunds",
            key,
            "{'amount':%d,'currency':'USD','payment':'%s','reference':'re_1'}"
                .formatted(amount, payment)));
  }

  public HttpRequest.Builder effect(String path, String key, String body) {
    return request(path)
        .header("Idempotency-Key", key)
        .header("Merchant-Account", MERCHANT)
        .POST(BodyPublishers.ofString(json(body)));
  }

  /** Opens a dispute, for example {@code dispute("{'payment':'pay_1'}")}. */
  public Answer dispute(String body) {
    return send(request("/disputes").POST(BodyPublishers.ofString(json(body))));
  }

  /** Ends a dispute as {@code won} or {@code lost}. */
  public Answer close(String dispute, String verdict) {
    return send(request("/disputes/" + dispute + "/" + verdict).POST(BodyPublishers.noBody()));
  }

  public Answer find(String key) {
    return find("/payments", key);
  }

  public Answer find(String path, String key) {
    String value = URLEncoder.encode(key, StandardCharsets.UTF_8);
    return get(path + "?merchant_account=" + MERCHANT + "&idempotency_key=" + value);
  }

  public Answer cancel(String key) {
    return cancel("/payments", key);
  }

  public Answer cancel(String path, String key) {
    String body = "{'merchant_account':'%s','idempotency_key':'%s'}".formatted(MERCHANT, key);
    return send(request(path + "/cancel").POST(BodyPublishers.ofString(json(body))));
  }

  public JsonNode summary() {
    return get("/journal/summary").body();
  }

  public int effects() {
    return summary().path("effects").intValue();
  }

  /** Reads the summary until it is as told: a signal to await, where there is no other. */
  public void awaitSummary(Predicate<JsonNode> condition) {
    await("/journal/summary", condition);
  }

  /** Reads the figures of notifications until they are as told. */
  public void awaitNotifications(Predicate<JsonNode> condition) {
    await("/notifications", condition);
  }

  private void await(String path, Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode figures = get(path).body();
    while (!condition.test(figures)) {
      assertThat(System.nanoTime()).as("deadline; %s is %s", path, figures).isLessThan(deadline);
      figures = get(path).body();
    }
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public String text(String path) {
    return exchange(request(path).GET()).body();
  }

  /** Starts to read a body, at the pace of whoever reads it. */
  public InputStream open(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).GET().build(), BodyHandlers.ofInputStream()).body();
  }

  /** Single quotes stand for double ones in the bodies of tests. */
  public static String json(String text) {
    return text.replace('\'', '"');
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
        .timeout(PATIENCE);
  }

  public Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = exchange(request);
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    } catch (IOException e) {
      throw new UncheckedIOException(response.body(), e);
    }
  }

  public HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** Sends a request whose connection closes without an answer. */
  public void sendInVain(HttpRequest.Builder request) {
    assertThatThrownBy(() -> exchange(request))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("received no bytes");
  }
}
