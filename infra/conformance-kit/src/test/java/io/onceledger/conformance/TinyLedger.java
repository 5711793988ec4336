package io.onceledger.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of the contract as a few rules need, kept in memory, with one flaw or none. */
final class TinyLedger implements AutoCloseable {

  enum Flaw {
    NONE,
    /** Every delivery is a new charge. */
    FORGETS_KEYS,
    /** A replay shows something that the first receipt did not. */
    CHANGES_RECEIPTS,
    /** A replay does not say that it is one. */
    HIDES_REPLAYS,
    /** Another body under a known key is answered like the first. */
    IGNORES_BODIES,
    /** Everything is answered with an empty object. */
    ANSWERS_NONSENSE
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Kept(String id, JsonNode request, String receipt) {}

  private final Map<String, Kept> byKey = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Flaw flaw;
  private final HttpServer server;

  TinyLedger(Flaw flaw) throws IOException {
    this.flaw = flaw;
    // A backlog for 64 connections at once.
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String path = exchange.getRequestURI().getPath();
    if (flaw == Flaw.ANSWERS_NONSENSE) {
      answer(exchange, 200, "application/json", "{}");
    } else if (exchange.getRequestMethod().equals("POST")) {
      deliver(exchange);
    } else if (path.startsWith("/v1/charges/")) {
      String id = path.substring("/v1/charges/".length());
      String charge =
          byKey.values().stream()
              .filter(kept -> kept.id.equals(id))
              .map(Kept::receipt)
              .findFirst()
              .orElse("{}");
      answer(exchange, 200, "application/json", charge);
    } else {
      Kept kept = byKey.get(query.replace("idempotency_key=", ""));
      String data = kept == null ? "" : kept.receipt;
      answer(exchange, 200, "application/json", "{\"data\":[" + data + "],\"next_cursor\":null}");
    }
  }

  private void deliver(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    Kept proposed = propose(key, request);
    Kept found = flaw == Flaw.FORGETS_KEYS ? null : byKey.putIfAbsent(key, proposed);
    Kept kept = found == null ? proposed : found;
    if (flaw != Flaw.IGNORES_BODIES && !kept.request.equals(request)) {
      answer(exchange, 422, "application/problem+json", mismatch(kept));
      return;
    }
    if (found != null && flaw != Flaw.HIDES_REPLAYS) {
      exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
    }
    exchange.getResponseHeaders().set("Location", "/v1/charges/" + kept.id);
    String more = found != null && flaw == Flaw.CHANGES_RECEIPTS ? " " : "";
    answer(exchange, 202, "application/json", kept.receipt + more);
  }

  private Kept propose(String key, JsonNode request) throws JsonProcessingException {
    String id = "ch_" + ids.incrementAndGet();
    JsonNode receipt =
        JSON.createObjectNode()
            .put("id", id)
            .put("object", "charge")
            .put("status", "pending")
            .put("idempotency_key", key)
            .setAll((ObjectNode) request);
    return new Kept(id, request, JSON.writeValueAsString(receipt));
  }

  private static String mismatch(Kept kept) {
    return """
    {"type":"/problems/idempotency-key-reused","title":"reused","status":422,"detail":"differs",
     "errors":[{"pointer":"/amount","detail":"differs"}],"resource":"/v1/charges/%s"}
    """
        .formatted(kept.id);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
