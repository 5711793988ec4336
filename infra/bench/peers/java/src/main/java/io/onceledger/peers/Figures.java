package io.onceledger.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one result, the one that counts first. */
final class Figures {
  private static final double THOUSANDTHS = 1000;

  private final Map<String, Object> map = new LinkedHashMap<>();

  /**
   * Begins with the figure that counts.
   *
   * @param value null if there is none, as with a wait that was cut short
   */
  Figures(String unit, Object value) {
    map.put("value", rounded(value));
    map.put("unit", unit);
  }

  Figures with(String name, Object value) {
    map.put(name, rounded(value));
    return this;
  }

  Map<String, Object> map() {
    return map;
  }

  private static Object rounded(Object value) {
    return value instanceof Double number ? Math.round(number * THOUSANDTHS) / THOUSANDTHS : value;
  }
}
