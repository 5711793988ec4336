package io.onceledger.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.standalone.demo.Deliveries;
import io.onceledger.standalone.demo.Evidence;
import io.onceledger.standalone.demo.Investigation;
import io.onceledger.standalone.demo.Order;
import io.onceledger.standalone.demo.Proof;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Joins what clients were told, what the database holds and what the processor's journal says, when
 * all is done. What the demo proves is proven by its {@link Proof}; charges that wait for a person
 * are left out of it, and are the scenario's to justify.
 */
final class Inquest {
  /** The edges of the table of statuses. */
  private static final Set<String> MOVES =
      Set.of(
          "pending to unknown",
          "pending to succeeded",
          "pending to declined",
          "pending to canceled",
          "unknown to needs_review",
          "unknown to succeeded",
          "unknown to declined",
          "unknown to canceled",
          "needs_review to succeeded",
          "needs_review to declined",
          "needs_review to canceled");

  private final Arena arena;

  Inquest(Arena arena) {
    this.arena = arena;
  }

  /** Adds to the verdict what every run is held to. Returns the charges that wait for a person. */
  Set<String> hold(Verdict verdict, List<Order> orders, Deliveries deliveries) {
    arena.say("gathering the evidence of " + orders.size() + " orders");
    Evidence evidence =
        new Investigation(arena.api(), arena.processor(), arena.answers())
            .gather(orders, deliveries.receipts());
    Set<String> reviewed = arena.records().reviewed();
    figures(verdict, evidence, deliveries, reviewed.size());
    told(verdict, Proof.of(without(evidence, reviewed)));
    recorded(verdict, evidence);
    journaled(verdict);
    return reviewed;
  }

  private static void figures(
      Verdict verdict, Evidence evidence, Deliveries deliveries, int reviewed) {
    verdict.figure("charges", evidence.charges().size());
    verdict.figure("deliveries", deliveries.counts().requests());
    verdict.figure("replays", deliveries.counts().replayed());
    for (String status : List.of("succeeded", "declined", "canceled")) {
      verdict.figure(
          status,
          evidence.charges().values().stream()
              .filter(charge -> charge.status().equals(status))
              .count());
    }
    verdict.figure("wait for a person", reviewed);
    verdict.figure("effects", evidence.effects().size());
  }

  /** Invariants 1 to 4: receipts, charges and effects agree, one by one. */
  private static void told(Verdict verdict, Proof proof) {
    proof.doubled().forEach(one -> verdict.broken("double effect: " + one));
    proof.lost().forEach(one -> verdict.broken("lost: " + one));
    proof.notFinal().forEach(one -> verdict.broken("not final: " + one));
    proof.differentReceipts().forEach(one -> verdict.broken("different receipts: " + one));
    proof.refused().forEach(one -> verdict.broken("refused: " + one));
    proof.unbalanced().forEach(one -> verdict.broken("unbalanced: " + one));
    proof.violations().forEach(one -> verdict.broken("violation: " + one));
  }

  /** Invariants 1, 2, 6, 8 and 11 in the database. */
  private void recorded(Verdict verdict, Evidence evidence) {
    Records records = arena.records();
    Set<String> unasked = new HashSet<>(records.charges());
    unasked.removeAll(evidence.accepted().values());
    unasked.forEach(charge -> verdict.broken("no client asked for " + charge));
    records.secondCharges().forEach(verdict::broken);
    Set<String> moves = new HashSet<>(records.moves());
    moves.removeAll(MOVES);
    moves.forEach(move -> verdict.broken("a charge went from " + move));
    records.torn().forEach(charge -> verdict.broken("events: " + charge));
    long open = records.open();
    verdict.require(open == 0, open + " messages are left in the outbox");
  }

  /** Invariant 2 in the journal: all keys that it ever saw, ours or not. */
  private void journaled(Verdict verdict) {
    JsonNode summary = arena.processor().summary(arena.answers());
    verdict.figure("most effects of a key", summary.path("max_effects_per_key").asLong());
    verdict.figure(
        "most requests at once at the processor", summary.path("max_in_flight").asLong());
    verdict.require(
        summary.path("max_effects_per_key").asLong() <= 1
            && summary.path("double_effects").asLong() == 0,
        "the journal has a key with more than one effect");
  }

  private static Evidence without(Evidence all, Set<String> charges) {
    Set<String> keys =
        all.accepted().entrySet().stream()
            .filter(entry -> charges.contains(entry.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Map<String, Long> effects =
        all.effects().stream()
            .collect(Collectors.groupingBy(e -> e.idempotencyKey(), Collectors.counting()));
    return new Evidence(
        kept(all.orders(), entry -> !keys.contains(entry.getKey())),
        kept(all.accepted(), entry -> !keys.contains(entry.getKey())),
        all.refused(),
        all.differentReceipts(),
        kept(all.charges(), entry -> !charges.contains(entry.getKey())),
        all.entries().stream().filter(entry -> !charges.contains(entry.charge())).toList(),
        all.effects().stream()
            // One effect of such a charge is what nobody could find out; two are two.
            .filter(e -> !keys.contains(e.idempotencyKey()) || effects.get(e.idempotencyKey()) > 1)
            .toList(),
        all.accounts(),
        all.violations());
  }

  private static <V> Map<String, V> kept(
      Map<String, V> map, Predicate<Map.Entry<String, V>> condition) {
    return map.entrySet().stream()
        .filter(condition)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How often the processor took money and then said that it had failed. */
  long effectsAnsweredWithAnError() {
    Function<String, Stream<String>> extract =
        line ->
            line.contains("\"kind\":\"effect\"") && line.contains("\"answer\":500")
                ? Stream.of(line)
                : Stream.empty();
    return arena.processor().journal(extract, arena.answers()).size();
  }
}
