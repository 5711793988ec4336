package io.onceledger.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Requests that may be repeated freely: everything but the delivery of a charge. */
public final class Http {
  public static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than any answer takes, statement time-outs included; a hung server counts as gone. */
  static final Duration ANSWER = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** A request with no body yet. */
  public static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(ANSWER);
  }

  /** Once, whatever comes of it. */
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return client.send(request, body);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    }
  }

  /**
   * Until there is an answer of 2xx, or 404, which is null.
   *
   * @throws GivenUpException when patience ends, or on an answer that will not get better
   */
  JsonNode json(HttpRequest request, Patience patience) {
    for (int attempt = 0; ; attempt++) {
      Answer answer = ask(request);
      if (answer.status() / 100 == 2) {
        patience.progress();
        return parse(request, answer.text());
      }
      if (answer.status() == 404) {
        return null;
      }
      if (answer.verdict() == Answer.Verdict.REFUSED) {
        throw new GivenUpException(request.method() + " " + request.uri() + ": " + answer.why());
      }
      patience.pause(attempt, answer.retryAfter(), answer.why());
    }
  }

  private Answer ask(HttpRequest request) {
    try {
      return answer(send(request, BodyHandlers.ofByteArray()));
    } catch (IOException failure) {
      return Answer.none(request.uri() + ": " + reason(failure));
    }
  }

  static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent(),
        Duration.ofSeconds(
            response
                .headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(Long::valueOf)
                .orElse(0L)),
        ByteBuffer.wrap(response.body()).asReadOnlyBuffer());
  }

  /** Many exceptions of the JDK's client have no message. */
  static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static JsonNode parse(HttpRequest request, String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      throw new GivenUpException(request.uri() + " does not answer JSON");
    }
  }
}
