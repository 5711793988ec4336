package io.onceledger.mockprocessor;

import io.onceledger.mockprocessor.http.Api;
import io.onceledger.mockprocessor.notification.Notifier;
import io.onceledger.mockprocessor.processing.CardProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program. One event loop owns all state, so that requests have one order; {@link #close} stops
 * that loop before it closes the journal, and a request that it cuts off has either been written
 * down whole or not happened.
 */
public final class MockProcessor implements AutoCloseable {
  private static final int STOP_SECONDS = 5;

  private final Vertx vertx;
  private final CardProcessor processor;
  private final Optional<Notifier> notifier;
  private final HttpServer server;

  private MockProcessor(
      Vertx vertx, CardProcessor processor, Optional<Notifier> notifier, HttpServer server) {
    this.vertx = vertx;
    this.processor = processor;
    this.notifier = notifier;
    this.server = server;
  }

  public static void main(String[] arguments) {
    try {
      Settings settings = Settings.of(System.getenv());
      MockProcessor running = start(settings, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
      System.out.printf(
          "Mock processor listening on http://%s:%d, journal in %s%n",
          settings.host(), running.port(), settings.data().toAbsolutePath().normalize());
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Replays the journal and listens.
   *
   * @throws StartFailure if the port is taken or the journal cannot be used; nothing is left
   *     running
   */
  public static MockProcessor start(Settings settings, Clock clock) throws StartFailure {
    CardProcessor processor = open(settings, clock);
    Vertx vertx = Vertx.vertx(options());
    Optional<Notifier> notifier = notifier(vertx, processor, settings, clock);
    try {
      HttpServer server = vertx.createHttpServer(serverOptions(settings));
      await(server.requestHandler(new Api(vertx, processor, notifier)).listen());
      return new MockProcessor(vertx, processor, notifier, server);
    } catch (IOException e) {
      stop(vertx, processor, notifier);
      throw new StartFailure(
          "LEDGER_PROCESSOR_PORT: cannot listen on %s:%d (%s); stop what uses it or set another"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    stop(vertx, processor, notifier);
  }

  private static CardProcessor open(Settings settings, Clock clock) throws StartFailure {
    try {
      return CardProcessor.open(settings.data(), clock, settings.faults());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static StartFailure unusable(IOException e) {
    return new StartFailure(
        "LEDGER_PROCESSOR_DATA: cannot use the journal (%s); set another directory"
            .formatted(e.getMessage()),
        e);
  }

  private static Optional<Notifier> notifier(
      Vertx vertx, CardProcessor processor, Settings settings, Clock clock) throws StartFailure {
    if (settings.notifications().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Notifier.start(vertx, processor, clock, settings.data(), settings.notifications().get()));
    } catch (IOException e) {
      stop(vertx, processor, Optional.empty());
      throw unusable(e);
    }
  }

  private static VertxOptions options() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setFileSystemOptions(noFiles);
  }

  private static HttpServerOptions serverOptions(Settings settings) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false);
  }

  private static void stop(Vertx vertx, CardProcessor processor, Optional<Notifier> notifier) {
    try {
      if (notifier.isPresent()) {
        await(notifier.get().hangUp());
      }
      await(vertx.close());
      if (notifier.isPresent()) {
        notifier.get().close();
      }
      processor.close();
    } catch (IOException e) {
      System.err.println("The mock processor did not stop cleanly: " + e.getMessage());
    }
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + STOP_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
