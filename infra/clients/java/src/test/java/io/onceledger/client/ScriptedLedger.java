package io.onceledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onceledger.client.invoker.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A ledger that answers as it is told, the last answer for ever, and remembers what it was sent.
 */
final class ScriptedLedger implements AutoCloseable {

  /** One answer. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> script = new ArrayDeque<>();

  /** Key and body of each request. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  ScriptedLedger(Answer... answers) throws IOException {
    script.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/charges", this::handle);
    server.start();
  }

  ApiClient client() {
    return new ApiClient()
        .setScheme("http")
        .setHost("127.0.0.1")
        .setPort(server.getAddress().getPort())
        .setReadTimeout(Duration.ofSeconds(30));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " " + body);
    Answer answer;
    synchronized (script) {
      answer = script.size() > 1 ? script.remove() : script.element();
    }
    answer.to(exchange);
  }

  /** The receipt. */
  static Answer accepted() {
    return answer(
        202,
        """
        {"id":"ch_1","object":"charge","amount":1000,"currency":"USD","payment_method":"pm_1",
         "description":null,"metadata":{},"status":"a_status_of_next_year","amount_refunded":0,
         "decline_code":null,"processor_payment":null,"idempotency_key":"k","added_next_year":1,
         "created_at":"2026-11-21T07:00:00.000000Z","updated_at":"2026-11-21T07:00:00.000000Z"}
        """);
  }

  /** A problem, or whatever else a server on the way says. */
  static Answer answer(int status, String body, String... headers) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  /** The connection ends without an answer. */
  static Answer cutOff() {
    return HttpExchange::close;
  }

  /** Nothing, until the client gives up. */
  static Answer silence() {
    return exchange -> {};
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
