package io.onceledger.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was answered, by key. Safe for use from many threads. */
public final class Receipts {
  private final Map<String, Answer> first = new ConcurrentHashMap<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final Set<String> different = ConcurrentHashMap.newKeySet();
  private final AtomicLong replayed = new AtomicLong();

  void accepted(Order order, Answer answer) {
    Answer known = first.putIfAbsent(order.idempotencyKey(), answer);
    if (known != null && !known.body().equals(answer.body())) {
      different.add(order.idempotencyKey());
    }
    if (answer.replayed()) {
      replayed.incrementAndGet();
    }
  }

  void refused(Order order, Answer answer) {
    refusals.putIfAbsent(order.idempotencyKey(), answer.why());
  }

  /** Keys that have an answer that will not change. */
  int answered() {
    return first.size() + refusals.size();
  }

  /** Accepted keys and the charge that each receipt names. */
  public Map<String, String> charges() {
    Map<String, String> charges = new ConcurrentHashMap<>();
    first.forEach((key, receipt) -> charges.put(key, chargeId(key, receipt)));
    return Map.copyOf(charges);
  }

  Map<String, String> refusals() {
    return Map.copyOf(refusals);
  }

  /** Keys to which two answers were not the same bytes. */
  Set<String> different() {
    return Set.copyOf(different);
  }

  long replayed() {
    return replayed.get();
  }

  private static String chargeId(String key, Answer receipt) {
    try {
      JsonNode id = Http.JSON.readTree(receipt.text()).path("id");
      if (id.isTextual()) {
        return id.asText();
      }
    } catch (JsonProcessingException noJson) {
      // told below
    }
    throw new GivenUpException("the receipt of " + key + " names no charge");
  }
}
