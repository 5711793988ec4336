package io.onceledger.worker.crashpoint;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The card processor over HTTP, on a port of its own; each merchant has an {@link Account}. */
final class ScriptedProcessor implements AutoCloseable {

  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final HttpServer server;

  ScriptedProcessor(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body ->
                                accounts
                                    .get(request.getHeader("Merchant-Account"))
                                    .handle(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /**
   * An account with nothing in its journal.
   *
   * @param lives finds the process that made a request by its name
   */
  Account open(UUID merchant, Caches caches, Course course, Function<String, Life> lives) {
    Account account = new Account(PublicId.MERCHANT.text(merchant), caches, course, lives);
    accounts.put(PublicId.MERCHANT.text(merchant), account);
    return account;
  }

  @Override
  public void close() {
    server.close();
  }
}
