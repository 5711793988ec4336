package io.onceledger.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** An HTTP server on loopback that answers as it is told and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
  /** What was asked. */
  record Asked(String method, String path, String idempotencyKey, String body) {}

  /** What to answer; a status of 0 closes the connection without one. */
  record Told(int status, boolean replayed, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * @param answer to a request, given how many with the same key (or path) came before
   */
  FakeServer(BiFunction<Asked, Integer, Told> answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, answer));
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, BiFunction<Asked, Integer, Told> answer)
      throws IOException {
    try (exchange) {
      Asked now =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Told told = answer.apply(now, remember(now));
      if (told.status() == 0) {
        return;
      }
      if (told.replayed()) {
        exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
      }
      byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized int remember(Asked now) {
    int before =
        (int)
            asked.stream()
                .filter(one -> one.method().equals(now.method()) && one.path().equals(now.path()))
                .filter(one -> Objects.equals(one.idempotencyKey(), now.idempotencyKey()))
                .count();
    asked.add(now);
    return before;
  }
}
