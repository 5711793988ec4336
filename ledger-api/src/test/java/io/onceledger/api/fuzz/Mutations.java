package io.onceledger.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.fuzz.Draft.Caller;
import io.onceledger.api.testing.Damage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoils good requests, one thing at a time. */
final class Mutations {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e400",
          "9223372036854775808",
          "null",
          "true",
          "\0",
          "a\0b",
          "..",
          "%00",
          "a/b",
          "'; DROP TABLE charge; --",
          "\u00e9",
          "\ud83d\ude00",
          "\uff11",
          "4111 1111 1111 1111",
          "ch_00000000000000000000000000",
          "ch_7zzzzzzzzzzzzzzzzzzzzzzzzz",
          "mer_00000000000000000000000000",
          "2026-02-30T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "0001-01-01T00:00:00+18:00",
          "wait=1",
          "a".repeat(256),
          "a".repeat(501));

  private static final List<JsonNode> NODES =
      read(
          "[null, true, 0, -1, 1.5, 10.0, 1e3, 1e400, 1e999999999, 9223372036854775808,"
              + " 100000000000, \"100\", [], [1], {}, {\"a\": {\"b\": []}}, \"\\u0000\","
              + " \"\\ud800\", {\"\\u0000\": \"a\"}, {\"a\": 1}, {\"\": \"\"}]");

  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Content-Type",
          List.of("", "text/plain", "application/json;charset=utf-16", "application/json;", "*/*"),
          "Accept",
          List.of("", "text/html", "application/problem+json", "*", "a/b;q=2", "application/xml"),
          "Idempotency-Key",
          List.of("", " ", "\"\"", "a b", "a,b", "\"a", "\u00e9", "\t", "4111111111111111"),
          "Authorization",
          List.of("", "Bearer", "Bearer ", "Basic eDp5", "Bearer sk_test_nobody", "Bearer \u00e9"),
          "Prefer",
          List.of("", "wait=x", "wait=0", "respond-async", "wait=-1", ";;,,=", "wait=\"\""),
          "Content-Encoding",
          List.of("gzip", "identity", ""));

  private final Memory memory;
  private final Random random;

  Mutations(Memory memory, Random random) {
    this.memory = memory;
    this.random = random;
  }

  /** Changes one thing in {@code draft}; what it does to nothing, it leaves. */
  void spoil(Draft draft) {
    switch (random.nextInt(10)) {
      case 0, 1 -> member(draft);
      case 2 -> draft.bytes = Damage.any(draft.body(), random);
      case 3 -> draft.bytes = text().getBytes(StandardCharsets.UTF_8);
      case 4 -> header(draft);
      case 5 -> headerGoneOrTwice(draft);
      case 6, 7 -> parameter(draft);
      case 8 -> place(draft);
      default -> draft.method = any(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));
    }
  }

  /** A member goes, becomes something else, or one comes that nobody asked for. */
  private void member(Draft draft) {
    if (draft.json == null) {
      return;
    }
    ObjectNode json = draft.json.deepCopy();
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    names.add("id");
    String name = any(names);
    switch (random.nextInt(3)) {
      case 0 -> json.remove(name);
      case 1 -> json.put(name, text());
      default -> json.set(name, any(NODES));
    }
    draft.json = json;
  }

  private void header(Draft draft) {
    String name = any(HEADERS.keySet().stream().sorted().toList());
    draft.replaceHeader(name, any(HEADERS.get(name)));
  }

  private void headerGoneOrTwice(Draft draft) {
    if (!draft.headers.isEmpty()) {
      var header = any(draft.headers);
      if (random.nextBoolean()) {
        draft.headers.add(header);
      } else {
        draft.headers.remove(header);
      }
    }
  }

  private void parameter(Draft draft) {
    List<String> names = new ArrayList<>(List.of("limit", "cursor", "unknown", ""));
    draft.operation.parameters().stream()
        .filter(parameter -> parameter.in().equals("query"))
        .forEach(parameter -> names.add(parameter.name()));
    String name = any(names);
    String value = random.nextBoolean() ? text() : memory.named(other(draft), name).orElse("1");
    if (random.nextBoolean()) {
      draft.query.removeIf(parameter -> parameter.getKey().equals(name));
    }
    draft.query.add(Map.entry(name, value));
  }

  /** Something odd, or what belongs to somebody else. */
  private void place(Draft draft) {
    draft.pathValues.replaceAll(
        (name, value) ->
            random.nextBoolean()
                ? text()
                : memory.below(other(draft), draft.pathBefore(name), name).orElse(text()));
  }

  private static Caller other(Draft draft) {
    return draft.caller == Caller.ONE ? Caller.TWO : Caller.ONE;
  }

  private String text() {
    return any(TEXTS);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<JsonNode> read(String json) {
    try {
      List<JsonNode> nodes = new ArrayList<>();
      new ObjectMapper().readTree(json).forEach(nodes::add);
      return nodes;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
