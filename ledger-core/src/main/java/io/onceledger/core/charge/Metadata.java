package io.onceledger.core.charge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Metadata as its column holds it: a JSON object of texts, or NULL for none. */
final class Metadata {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TYPE = new TypeReference<>() {};

  private Metadata() {}

  static String toColumn(SortedMap<String, String> metadata) {
    if (metadata.isEmpty()) {
      return null;
    }
    try {
      return JSON.writeValueAsString(metadata);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("texts can always be written", e);
    }
  }

  static SortedMap<String, String> fromColumn(String column) {
    if (column == null) {
      return Collections.emptySortedMap();
    }
    try {
      return JSON.readValue(column, TYPE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("charge.metadata is not an object of texts", e);
    }
  }
}
