package io.onceledger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The mock processor: its faults, and its journal, which is the truth about money. */
public final class Processor {
  /** A journal of millions of lines is read as it comes. */
  private static final Duration JOURNAL = Duration.ofMinutes(2);

  private final Http http;
  private final URI base;

  public Processor(Http http, URI base) {
    this.http = http;
    this.base = base;
  }

  /** All faults, as {@link #setFaults} takes them back. */
  JsonNode faults(Patience patience) {
    return get("/faults", patience);
  }

  public void setFaults(JsonNode faults, Patience patience) {
    http.json(
        Http.request(address("/faults"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(faults.toString()))
            .build(),
        patience);
  }

  /** One acknowledgement in twenty gets lost, one request in twenty fails after it took money. */
  static ObjectNode someFaults(long seed) {
    return Http.JSON
        .createObjectNode()
        .put("lost_ack_rate", 0.05)
        .put("error_after_effect_rate", 0.05)
        .put("seed", seed);
  }

  /** What the journal comes to, as the mock counts it. */
  public JsonNode summary(Patience patience) {
    return get("/journal/summary", patience);
  }

  Counts counts(Patience patience) {
    JsonNode summary = summary(patience);
    return new Counts(
        summary.path("requests").asLong(),
        summary.path("effects").asLong(),
        summary.path("absorbed").asLong());
  }

  /**
   * Every time the processor took money under one of the keys, from the first line of its journal
   * to the last.
   */
  List<Effect> effects(Set<String> keys, Patience patience) {
    return journal(line -> Effect.of(line, keys), patience);
  }

  /** What {@code extract} finds in the lines of the journal, from the first to the last. */
  public <T> List<T> journal(Function<String, Stream<T>> extract, Patience patience) {
    HttpRequest request = HttpRequest.newBuilder(address("/journal")).timeout(JOURNAL).build();
    for (int attempt = 0; ; attempt++) {
      String why;
      try {
        HttpResponse<Stream<String>> journal = http.send(request, BodyHandlers.ofLines());
        try (Stream<String> lines = journal.body()) {
          if (journal.statusCode() == 200) {
            return lines.flatMap(extract).toList();
          }
          why = "GET /journal: " + journal.statusCode();
        }
      } catch (IOException failure) {
        why = Http.reason(failure);
      } catch (UncheckedIOException brokenOff) {
        why = Http.reason(brokenOff.getCause());
      }
      patience.pause(attempt, Duration.ZERO, why);
    }
  }

  private JsonNode get(String path, Patience patience) {
    JsonNode answer = http.json(Http.request(address(path)).build(), patience);
    if (answer == null) {
      throw new GivenUpException(base + " has no " + path + ": the demo needs the mock processor");
    }
    return answer;
  }

  private URI address(String path) {
    return URI.create(base + path);
  }

  /** What the summary of the journal counts. */
  record Counts(long requests, long effects, long absorbed) {
    Counts since(Counts before) {
      return new Counts(
          requests - before.requests, effects - before.effects, absorbed - before.absorbed);
    }
  }
}
