package io.onceledger.worker.crashpoint;

import static io.onceledger.worker.crashpoint.TappedDatabase.call;
import static io.onceledger.worker.crashpoint.TappedDatabase.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.function.Supplier;

/** The calls of one process over HTTP, with a boundary before each thing that leaves it. */
final class TappedNetwork implements AutoCloseable {

  /** Tell the processor whose request it is; the product sends no such headers. */
  static final String PROCESS = "Test-Process";

  static final String VISIT = "Test-Visit";

  private final Life life;
  private final Vertx vertx;
  private HttpClient client;

  TappedNetwork(Life life, Vertx vertx) {
    this.life = life;
    this.vertx = vertx;
  }

  /** As the applications have it. */
  Vertx vertx() {
    return proxy(
        Vertx.class,
        (self, method, arguments) -> {
          if (method.getName().equals("createHttpClient")) {
            client = vertx.createHttpClient((HttpClientOptions) arguments[0]);
            return tapped(client);
          }
          return call(vertx, method, arguments);
        });
  }

  private HttpClient tapped(HttpClient http) {
    return proxy(
        HttpClient.class,
        (self, method, arguments) -> {
          if (!method.getName().equals("request")) {
            throw new UnsupportedOperationException(method.toString());
          }
          return request(http, (RequestOptions) arguments[0]);
        });
  }

  private Future<HttpClientRequest> request(HttpClient http, RequestOptions options) {
    int visit = life.course().visit(Stage.SEND);
    options.putHeader(PROCESS, life.name()).putHeader(VISIT, String.valueOf(visit));
    return pass(visit, Points.BEFORE_CONNECTION)
        .compose(running -> http.request(options))
        .compose(
            request ->
                pass(visit, Points.CONNECTED)
                    .onFailure(failure -> request.reset())
                    .map(running -> tapped(request, visit)));
  }

  private HttpClientRequest tapped(HttpClientRequest request, int visit) {
    return proxy(
        HttpClientRequest.class,
        (self, method, arguments) -> {
          if (method.getName().equals("end")) {
            Supplier<Future<?>> end =
                () -> {
                  try {
                    return (Future<?>) call(request, method, arguments);
                  } catch (Throwable e) {
                    return Future.failedFuture(e);
                  }
                };
            return pass(visit, Points.BEFORE_FIRST_BYTE)
                .onFailure(failure -> request.reset())
                .compose(running -> end.get());
          }
          Object result = call(request, method, arguments);
          // Fluent: what it returns is tapped as well.
          return result == request ? self : result;
        });
  }

  private Future<Void> pass(int visit, String point) {
    return life.passAsync(new Boundary(Stage.SEND, visit, point));
  }

  @Override
  public void close() {
    client.close();
  }
}
