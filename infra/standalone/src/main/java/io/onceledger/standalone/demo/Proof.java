package io.onceledger.standalone.demo;

import io.onceledger.standalone.demo.Evidence.Charge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the evidence proves. Pure; each list says, one line for each case, what is wrong.
 *
 * @param notFinal charges that can still change
 * @param doubled keys under which money was taken more than once
 * @param lost keys whose client, ledger and processor do not agree
 * @param differentReceipts keys whose answers were not the same bytes
 * @param refused orders that the API did not accept
 * @param unbalanced currencies whose books do not add up
 * @param violations of the ledger's invariants
 */
public record Proof(
    List<String> notFinal,
    List<String> doubled,
    List<String> lost,
    List<String> differentReceipts,
    List<String> refused,
    List<String> unbalanced,
    List<String> violations) {

  private static final Set<String> FINAL = Set.of("succeeded", "declined", "canceled");

  public static Proof of(Evidence evidence) {
    return new Proof(
        notFinal(evidence),
        doubled(evidence),
        lost(evidence),
        evidence.differentReceipts().stream().sorted().toList(),
        evidence.refused().entrySet().stream()
            .map(refusal -> refusal.getKey() + ": " + refusal.getValue())
            .sorted()
            .toList(),
        unbalanced(evidence),
        evidence.violations());
  }

  boolean holds() {
    return notFinal.isEmpty()
        && doubled.isEmpty()
        && lost.isEmpty()
        && differentReceipts.isEmpty()
        && refused.isEmpty()
        && unbalanced.isEmpty()
        && violations.isEmpty();
  }

  private static List<String> notFinal(Evidence evidence) {
    return evidence.charges().values().stream()
        .filter(charge -> !FINAL.contains(charge.status()))
        .map(charge -> charge.id() + " is " + charge.status())
        .sorted()
        .toList();
  }

  private static List<String> doubled(Evidence evidence) {
    return effectsByKey(evidence).entrySet().stream()
        .filter(key -> key.getValue().size() > 1)
        .map(key -> key.getKey() + " took effect " + key.getValue().size() + " times")
        .sorted()
        .toList();
  }

  private static List<String> lost(Evidence evidence) {
    List<String> lost = new ArrayList<>();
    Map<String, List<Effect>> effects = effectsByKey(evidence);
    Set<String> keys = new TreeSet<>(evidence.accepted().keySet());
    keys.addAll(effects.keySet()); // money taken for an order that was never accepted
    for (String key : keys) {
      String id = evidence.accepted().get(key);
      Charge charge = id == null ? null : evidence.charges().get(id);
      String wrong =
          wrong(evidence.orders().get(key), charge, effects.getOrDefault(key, List.of()));
      if (wrong != null) {
        lost.add(key + ": " + wrong);
      }
    }
    return List.copyOf(lost);
  }

  /** How order, charge and effects of one key disagree; null if they do not. */
  private static String wrong(Order order, Charge charge, List<Effect> effects) {
    if (charge == null) {
      return effects.isEmpty()
          ? "accepted, but there is no such charge"
          : "an effect, but no charge";
    }
    if (!charge.idempotencyKey().equals(order.idempotencyKey())
        || charge.amount() != order.amount()
        || !charge.currency().equals(order.currency())) {
      return "charge " + charge.id() + " is not what was ordered";
    }
    if (charge.status().equals("succeeded") && effects.isEmpty()) {
      return "charge " + charge.id() + " succeeded without an effect";
    }
    if (!charge.status().equals("succeeded") && !effects.isEmpty()) {
      return "an effect, but charge " + charge.id() + " is " + charge.status();
    }
    for (Effect effect : effects) {
      if (!effect.reference().equals(charge.id())
          || effect.amount() != charge.amount()
          || !effect.currency().equals(charge.currency())) {
        return "the effect is not what charge " + charge.id() + " says";
      }
    }
    return null;
  }

  private static List<String> unbalanced(Evidence evidence) {
    List<String> unbalanced = new ArrayList<>();
    for (Books books : Books.of(evidence)) {
      if (!books.debits().equals(books.credits())) {
        unbalanced.add(
            books.currency() + ": debits " + books.debits() + ", credits " + books.credits());
      }
      if (!books.posted().equals(books.succeeded())) {
        unbalanced.add(
            books.currency() + ": posted " + books.posted() + ", succeeded " + books.succeeded());
      }
    }
    return List.copyOf(unbalanced);
  }

  private static Map<String, List<Effect>> effectsByKey(Evidence evidence) {
    return evidence.effects().stream().collect(Collectors.groupingBy(Effect::idempotencyKey));
  }
}
