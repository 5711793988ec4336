package io.onceledger.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which changes of the document break a client that was written, or generated, for the one before:
 * what is gone, what a request must have now or may have no longer, and what an answer no longer
 * promises. Libraries that compare documents overlook changed types in OpenAPI 3.1.
 */
final class BreakingChanges {

  /** Says nothing to a program. */
  private static final Set<String> WORDS =
      Set.of("description", "summary", "example", "examples", "tags", "default");

  /** Whatever else they become, a client does not know it. */
  private static final Set<String> FIXED =
      Set.of("operationId", "in", "format", "pattern", "const", "security");

  /** With any of them a request may be less than it may be without. */
  private static final Set<String> NARROW =
      Set.of("format", "pattern", "const", "multipleOf", "uniqueItems", "propertyNames");

  private static final Set<String> UPPER =
      Set.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> LOWER =
      Set.of("minimum", "minLength", "minItems", "minProperties");

  private final List<String> lines = new ArrayList<>();

  private BreakingChanges() {}

  /** One line for each, with the pointer of what is broken, references followed. */
  static List<String> between(JsonNode before, JsonNode after) {
    BreakingChanges changes = new BreakingChanges();
    changes.compare("/paths", Inlined.paths(before), Inlined.paths(after));
    // Generated clients name their classes after schemas.
    before
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!after.at("/components/schemas").has(name)) {
                changes.broken("/components/schemas/" + name, "is gone");
              }
            });
    return changes.lines;
  }

  private void compare(String pointer, JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    boolean request = pointer.contains("/parameters") || pointer.contains("/requestBody");
    for (String name : names) {
      String at = pointer + "/" + Differences.escaped(name);
      JsonNode old = before.path(name);
      JsonNode now = after.path(name);
      if (old.isObject()) {
        inside(at, name, old, now);
      } else if (now.isObject()) {
        added(at, now);
      } else if (!old.equals(now) && !WORDS.contains(name)) {
        keyword(at, name, old, now, request);
      }
    }
  }

  private void inside(String at, String name, JsonNode old, JsonNode now) {
    if (WORDS.contains(name) && at.indexOf("/properties/" + name) < 0) {
      return;
    }
    if (now.isMissingNode()) {
      broken(at, "is gone");
    } else {
      compare(at, old, now);
    }
  }

  /** A new parameter or body that must be sent; other new things need nobody's attention. */
  private void added(String at, JsonNode now) {
    if (at.matches(".*/(parameters/[^/]+|requestBody)") && now.path("required").asBoolean()) {
      broken(at, "is new and must be sent");
    }
  }

  private void keyword(String at, String name, JsonNode old, JsonNode now, boolean request) {
    if (request && now.isMissingNode()) {
      // A rule that is gone lets more through.
      return;
    }
    Set<String> gone = values(old);
    gone.removeAll(values(now));
    Set<String> come = values(now);
    come.removeAll(values(old));
    boolean breaks =
        switch (name) {
          case "type" -> !(request ? gone : come).isEmpty();
          case "enum" -> !gone.isEmpty() || (request && old.isMissingNode());
          case "required" -> (request ? come : gone).stream().anyMatch(one -> !one.equals("false"));
          case "additionalProperties" -> request && come.contains("false");
          default ->
              (request && isTighter(name, old, now))
                  || (FIXED.contains(name) && !old.isMissingNode());
        };
    if (breaks) {
      broken(at, "was %s and is %s".formatted(shown(old), shown(now)));
    }
  }

  private static boolean isTighter(String name, JsonNode old, JsonNode now) {
    boolean upper = UPPER.contains(name);
    boolean lower = LOWER.contains(name);
    if (old.isMissingNode()) {
      return upper || lower || NARROW.contains(name);
    }
    return upper ? now.asDouble() < old.asDouble() : lower && now.asDouble() > old.asDouble();
  }

  private static String shown(JsonNode value) {
    return value instanceof MissingNode ? "not there" : value.toString();
  }

  private static Set<String> values(JsonNode node) {
    Set<String> values = new TreeSet<>();
    if (node.isArray()) {
      node.forEach(value -> values.add(value.asText()));
    } else if (!node.isMissingNode()) {
      values.add(node.asText());
    }
    return values;
  }

  private void broken(String pointer, String reason) {
    lines.add(pointer + " " + reason);
  }
}
