package io.onceledger.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Values that a schema allows, as far as a schema can say. */
final class Values {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** For patterns: one of them fits, or nothing does. */
  private static final List<String> WORDS =
      List.of("USD", "EUR", "JPY", "pm_card_visa", "pm_other", "2026-11-21", "1", "a");

  private static final List<String> CHARACTERS =
      List.of("a", "Z", "7", " ", "\u00e9", "\ud83d\ude00", "\"", "\\", "<", "\n", "\u202e", "%");

  private final Document document;
  private final Random random;

  Values(Document document, Random random) {
    this.document = document;
    this.random = random;
  }

  /** One that {@code reference}, or what it refers to, allows. */
  JsonNode of(JsonNode reference) {
    JsonNode schema = document.resolve(reference);
    for (String choice : List.of("enum", "examples", "anyOf", "oneOf")) {
      JsonNode options = schema.path(choice);
      boolean always = !choice.equals("examples") || schema.has("pattern");
      if (!options.isEmpty() && (always || random.nextBoolean())) {
        JsonNode option = any(options);
        return choice.endsWith("Of") ? of(option) : option;
      }
    }
    return switch (type(schema)) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer", "number" -> JSON.numberNode(integer(schema));
      case "array" -> array(schema);
      case "object" -> object(schema);
      default -> JSON.textNode(text(schema));
    };
  }

  /** A type is a name, or since OpenAPI 3.1 a list of them. */
  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? any(type).asText() : type.asText("string");
  }

  private long integer(JsonNode schema) {
    long smallest = schema.path("minimum").asLong(0);
    long largest = schema.path("maximum").asLong(1_000_000);
    return switch (random.nextInt(4)) {
      case 0 -> smallest;
      case 1 -> largest;
      case 2 -> random.nextLong(smallest, largest + 1);
      default -> Math.min(largest, smallest + random.nextInt(5_000));
    };
  }

  private JsonNode array(JsonNode schema) {
    var array = JSON.arrayNode();
    int size = schema.path("minItems").asInt(random.nextInt(3));
    IntStream.range(0, size).forEach(i -> array.add(of(schema.path("items"))));
    return array;
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    for (var property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || random.nextBoolean()) {
        object.set(property.getKey(), of(property.getValue()));
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (int i = random.nextInt(3); i > 0 && others.isObject(); i--) {
      object.set(letters(1 + random.nextInt(20)), of(others));
    }
    return object;
  }

  private String text(JsonNode schema) {
    if (schema.path("format").asText().equals("date-time")) {
      return Instant.parse("2026-11-21T00:00:00Z")
          .plusSeconds(random.nextInt(-100_000_000, 100_000_000))
          .toString();
    }
    if (schema.has("pattern")) {
      String pattern = schema.get("pattern").asText();
      List<String> fitting = WORDS.stream().filter(word -> word.matches(pattern)).toList();
      return fitting.isEmpty() ? "" : fitting.get(random.nextInt(fitting.size()));
    }
    int shortest = schema.path("minLength").asInt(0);
    int longest = Math.min(200, schema.path("maxLength").asInt(60));
    return letters(random.nextInt(shortest, longest + 1));
  }

  private String letters(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> CHARACTERS.get(random.nextInt(random.nextInt(1, CHARACTERS.size() + 1))))
        .collect(Collectors.joining());
  }

  private JsonNode any(JsonNode list) {
    return list.get(random.nextInt(list.size()));
  }
}
