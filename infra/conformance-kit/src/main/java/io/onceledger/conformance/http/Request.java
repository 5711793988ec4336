package io.onceledger.conformance.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A request, put together step by step and sent by its method. A name set twice is two lines. */
public final class Request {
  /** The longest wait that a client may prefer is 30 seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final HttpClient client;
  private final URI base;
  private final List<Header> headers = new ArrayList<>();
  private byte[] body = {};
  private boolean chunked;

  Request(HttpClient client, URI base) {
    this.client = client;
    this.base = base;
  }

  public Request header(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  /** The idempotency key, as it stands in the header. */
  public Request key(String headerValue) {
    return header("Idempotency-Key", headerValue);
  }

  public Request prefer(String preference) {
    return header("Prefer", preference);
  }

  public Request json(String text) {
    return header("Content-Type", "application/json").body(text);
  }

  /** A body in UTF-8, of no type yet. */
  public Request body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of no type yet. */
  public Request body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Sends the body without saying beforehand how long it is. */
  public Request chunked() {
    chunked = true;
    return this;
  }

  public Answer get(String path) {
    return send("GET", path);
  }

  public Answer post(String path) {
    return send("POST", path);
  }

  public Answer send(String method, String path) {
    try {
      return answer(client.send(request(method, path), BodyHandlers.ofByteArray()), method, path);
    } catch (IOException failure) {
      throw new NoAnswerException(description(method, path), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Sends it without waiting for the answer, which ends with a {@link NoAnswerException} if none.
   */
  CompletableFuture<Answer> postAsync(String path) {
    return client
        .sendAsync(request("POST", path), BodyHandlers.ofByteArray())
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw new NoAnswerException(description("POST", path), failure);
              }
              return answer(response, "POST", path);
            });
  }

  /** Sends it byte for byte: header values are Latin-1, whatever is in them. */
  public Answer postRaw(String path) {
    String description = description("POST", path);
    try {
      return RawExchange.post(base, path, headers, body, description);
    } catch (IOException failure) {
      throw new NoAnswerException(description, failure);
    }
  }

  /** Sends it and does not listen for the answer, like a client that dies. */
  public void postAndHangUp(String path) {
    try {
      RawExchange.postAndHangUp(base, path, headers, body);
    } catch (IOException failure) {
      throw new NoAnswerException(description("POST", path), failure);
    }
  }

  private HttpRequest request(String method, String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, publisher());
    headers.forEach(header -> builder.header(header.name(), header.value()));
    return builder.build();
  }

  private BodyPublisher publisher() {
    if (body.length == 0) {
      return BodyPublishers.noBody();
    }
    BodyPublisher whole = BodyPublishers.ofByteArray(body);
    return chunked ? BodyPublishers.fromPublisher(whole) : whole;
  }

  private Answer answer(HttpResponse<byte[]> response, String method, String path) {
    return new Answer(
        description(method, path),
        response.statusCode(),
        response.headers().map(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  private String description(String method, String path) {
    String lines = headers.stream().map(header -> ", " + header).collect(Collectors.joining());
    return method
        + " "
        + path
        + lines
        + (body.length == 0 ? "" : ", body " + new String(body, StandardCharsets.UTF_8));
  }
}
