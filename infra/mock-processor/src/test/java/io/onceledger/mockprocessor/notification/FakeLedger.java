package io.onceledger.mockprocessor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A ledger that keeps what it gets and answers as it is told to. */
final class FakeLedger implements AfterEachCallback {
  static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

  /** In place of a status: no answer at all. */
  static final int HANGS_UP = 0;

  private static final int PATIENCE_SECONDS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile IntSupplier answer = () -> 200;

  /** One request as it came. */
  record Received(Map<String, List<String>> headers, String body) {
    String id() {
      return headers.get("Webhook-id").get(0);
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text(String member) {
      return json().path(member).textValue();
    }
  }

  FakeLedger() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What a processor has to be told to notify this ledger. */
  Map<String, String> variables() {
    return Map.of(
        "LEDGER_PROCESSOR_NOTIFICATION_URL",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/processor-notifications",
        "LEDGER_PROCESSOR_WEBHOOK_SECRET",
        SECRET);
  }

  void answers(int status) {
    answer = () -> status;
  }

  /** These in turn, and then 200. */
  void answersInTurn(Integer... statuses) {
    BlockingQueue<Integer> left = new LinkedBlockingQueue<>(List.of(statuses));
    answer =
        () -> {
          Integer next = left.poll();
          return next == null ? 200 : next;
        };
  }

  /** Nothing until the test ends. */
  void hangs() {
    answer =
        () -> {
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return HANGS_UP;
        };
  }

  Received next() {
    try {
      Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a notification").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<Received> next(int count) {
    List<Received> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(next());
    }
    return next;
  }

  /** Those that have come and were not taken. */
  List<Received> rest() {
    List<Received> rest = new ArrayList<>();
    received.drainTo(rest);
    return rest;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    int status = answer.getAsInt();
    received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
    if (status != HANGS_UP) {
      byte[] answered = "{}".getBytes(UTF_8);
      exchange.sendResponseHeaders(status, answered.length);
      exchange.getResponseBody().write(answered);
    }
    exchange.close();
  }
}
