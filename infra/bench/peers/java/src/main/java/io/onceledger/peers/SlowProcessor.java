package io.onceledger.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Answers every POST with 200 after 20 ms, however many come at once, and counts them. */
final class SlowProcessor implements AutoCloseable {
  private static final long LATENCY_MILLIS = 20;

  /** Answering costs some 20 µs; two threads answer more than two cores can ask. */
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(THREADS);
  private final AtomicLong calls = new AtomicLong();

  private SlowProcessor(HttpServer server) {
    this.server = server;
  }

  static SlowProcessor start() throws IOException {
    // Else the kernel holds each answer back for 40 ms, and all but 200 connections are closed.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2048");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    SlowProcessor processor = new SlowProcessor(server);
    server.createContext("/", processor::accept);
    server.setExecutor(processor.answers);
    server.start();
    return processor;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/payments";
  }

  /** How often it was called since the last time that this was asked. */
  long callsSinceAsked() {
    return calls.getAndSet(0);
  }

  private void accept(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    calls.incrementAndGet();
    answers.schedule(() -> answer(exchange), LATENCY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void answer(HttpExchange exchange) {
    try {
      exchange.sendResponseHeaders(200, -1);
    } catch (IOException gone) {
      // A worker that was killed or stopped needs no answer.
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    answers.shutdownNow();
  }
}
