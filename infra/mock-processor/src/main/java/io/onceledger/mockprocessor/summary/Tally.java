package io.onceledger.mockprocessor.summary;

import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.idempotency.Pin;
import io.onceledger.mockprocessor.journal.Entry;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts entries. Not thread-safe. */
public final class Tally {
  private final EffectCounts effectCounts = new EffectCounts();
  private final Map<String, CurrencyTotal> byCurrency = new TreeMap<>();
  private long requests;
  private long effects;
  private long absorbed;
  private long maxEffectsPerKey;
  private long doubleEffects;
  private long declined;
  private long canceled;
  private long lookups;
  private long cancels;
  private long refundEffects;
  private long disputes;
  private long maxInFlight;

  public void add(Entry entry) {
    if (entry.countsAsRequest()) {
      requests++;
    }
    maxInFlight = Math.max(maxInFlight, entry.inFlight());
    switch (entry.kind()) {
      case EFFECT -> addEffect(entry);
      case DECLINE -> declined++;
      case ABSORBED -> absorbed++;
      case LOOKUP -> lookups++;
      case CANCEL -> {
        cancels++;
        canceled += entry.pin() == Pin.TOMBSTONE ? 1 : 0;
      }
      case CANCEL_REFUSED -> cancels++;
      case DISPUTE_OPENED -> disputes++;
      case REFUSED, FAILED, DROPPED, HELD, DISPUTE_WON, DISPUTE_LOST -> {}
    }
  }

  public Summary summary() {
    return new Summary(
        requests,
        effects,
        absorbed,
        maxEffectsPerKey,
        doubleEffects,
        declined,
        canceled,
        lookups,
        cancels,
        refundEffects,
        disputes,
        maxInFlight,
        Collections.unmodifiableMap(new TreeMap<>(byCurrency)));
  }

  private void addEffect(Entry entry) {
    int ofKey = effectCounts.increment(entry.key());
    maxEffectsPerKey = Math.max(maxEffectsPerKey, ofKey);
    doubleEffects += ofKey > 1 ? 1 : 0;
    if (entry.resource() == Resource.REFUND) {
      refundEffects++;
      return;
    }
    effects++;
    CurrencyTotal total =
        byCurrency.getOrDefault(entry.instruction().currency(), CurrencyTotal.ZERO);
    byCurrency.put(entry.instruction().currency(), total.plus(entry.instruction().amount()));
  }
}
