package io.onceledger.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where two JSON documents differ, one line for each pointer. */
final class Differences {

  private final List<String> lines = new ArrayList<>();

  private Differences() {}

  static List<String> between(JsonNode before, JsonNode after) {
    Differences differences = new Differences();
    differences.compare("", before, after);
    return differences.lines;
  }

  private void compare(String pointer, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name -> member(pointer + "/" + escaped(name), before.get(name), after.get(name)));
    } else if (before.isArray() && after.isArray()) {
      elements(pointer, before, after);
    } else {
      lines.add("changed %s: %s -> %s".formatted(pointer, before, after));
    }
  }

  private void elements(String pointer, JsonNode before, JsonNode after) {
    Set<JsonNode> gone = new LinkedHashSet<>();
    Set<JsonNode> come = new LinkedHashSet<>();
    before.forEach(gone::add);
    after.forEach(come::add);
    before.forEach(come::remove);
    after.forEach(gone::remove);
    gone.forEach(element -> lines.add("removed %s: %s".formatted(pointer, element)));
    come.forEach(element -> lines.add("added   %s: %s".formatted(pointer, element)));
    if (gone.isEmpty() && come.isEmpty()) {
      lines.add("reordered " + pointer);
    }
  }

  private void member(String pointer, JsonNode before, JsonNode after) {
    if (before == null) {
      lines.add("added   " + pointer);
    } else if (after == null) {
      lines.add("removed " + pointer);
    } else {
      compare(pointer, before, after);
    }
  }

  /** RFC 6901, section 3. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
