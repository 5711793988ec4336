package io.onceledger.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.standalone.demo.GivenUpException;
import io.onceledger.standalone.demo.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** What an operator asks. The answers read whole tables: they may take a minute, or not come. */
public final class Operator {
  private static final Duration PATIENCE = Duration.ofSeconds(75);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Operator(URI base) {
    this.base = base;
  }

  /** Empty if the books have grown beyond what it answers in time. */
  public Optional<JsonNode> invariants() {
    return get("/v1/ops/invariants");
  }

  public Optional<JsonNode> conservation() {
    return get("/v1/ops/conservation");
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer ok_test_operator")
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(Http.JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    }
  }
}
