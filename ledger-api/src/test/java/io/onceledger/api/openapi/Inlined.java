package io.onceledger.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The paths of a document with all that they refer to in its place, and parameters by their name
 * instead of their position: so that a comparison sees what a client sees.
 */
final class Inlined {

  /** Deeper than any body: ends schemas that contain themselves. */
  private static final int DEEPEST = 32;

  private final JsonNode document;

  private Inlined(JsonNode document) {
    this.document = document;
  }

  static JsonNode paths(JsonNode document) {
    return new Inlined(document).inline(document.path("paths"), DEEPEST);
  }

  private JsonNode inline(JsonNode node, int depth) {
    if (node.path("$ref").isTextual()) {
      return inline(document.at(node.path("$ref").asText().substring(1)), depth);
    }
    if (!node.isObject() || depth == 0) {
      return node;
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(
            member ->
                whole.set(
                    member.getKey(),
                    member.getKey().equals("parameters") && member.getValue().isArray()
                        ? byName(member.getValue(), depth - 1)
                        : inline(member.getValue(), depth - 1)));
    return whole;
  }

  private JsonNode byName(JsonNode parameters, int depth) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    for (JsonNode parameter : parameters) {
      JsonNode whole = inline(parameter, depth);
      named.set(whole.path("name").asText(), whole);
    }
    return named;
  }
}
