package io.onceledger.standalone.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.standalone.demo.Http;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scenario came to. It holds only if nothing is broken and everything that it claims to have
 * exercised has happened: a run in which nothing went wrong shows nothing.
 */
final class Verdict {
  /** Of what is broken; the rest is counted. */
  private static final int SHOWN = 10;

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Map<String, Long> exercised = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();

  void figure(String name, Object value) {
    figures.put(name, value);
  }

  void exercised(String name, long times) {
    exercised.put(name, times);
  }

  void broken(String what) {
    broken.add(what);
  }

  void require(boolean holds, String otherwise) {
    if (!holds) {
      broken(otherwise);
    }
  }

  boolean holds() {
    return broken.isEmpty() && notExercised().isEmpty();
  }

  /** A small table, and below it what is wrong. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    figures.forEach((name, value) -> lines.add(row(name, value)));
    exercised.forEach((name, times) -> lines.add(row("exercised: " + name, times)));
    broken.stream().limit(SHOWN).forEach(one -> lines.add("broken: " + one));
    if (broken.size() > SHOWN) {
      lines.add("broken: and " + (broken.size() - SHOWN) + " more");
    }
    notExercised().forEach(name -> lines.add("not exercised: " + name));
    lines.add(
        holds()
            ? "Holds."
            : broken.isEmpty() ? "NOT EXERCISED: the run shows nothing." : "BROKEN: see above.");
    return lines;
  }

  ObjectNode json() {
    ObjectNode json = Http.JSON.createObjectNode();
    json.put("holds", holds());
    json.set("figures", Http.JSON.valueToTree(figures));
    json.set("exercised", Http.JSON.valueToTree(exercised));
    ArrayNode wrong = json.putArray("broken");
    broken.forEach(wrong::add);
    ArrayNode missing = json.putArray("not_exercised");
    notExercised().forEach(missing::add);
    return json;
  }

  private List<String> notExercised() {
    return exercised.entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String row(String name, Object value) {
    String text =
        value instanceof Double number
            ? String.format("%,.1f", number)
            : value instanceof Number number
                ? String.format("%,d", number.longValue())
                : "" + value;
    return String.format("%-56s %12s", name, text);
  }
}
