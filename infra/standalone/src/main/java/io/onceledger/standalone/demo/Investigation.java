package io.onceledger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.standalone.demo.Evidence.Account;
import io.onceledger.standalone.demo.Evidence.Charge;
import io.onceledger.standalone.demo.Evidence.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers the evidence over HTTP, after a run. */
public final class Investigation {
  private static final int AT_ONCE = 8;

  private final LedgerApi api;
  private final Processor processor;
  private final Patience patience;

  public Investigation(LedgerApi api, Processor processor, Patience patience) {
    this.api = api;
    this.processor = processor;
    this.patience = patience;
  }

  public Evidence gather(List<Order> orders, Receipts receipts) {
    Map<String, Order> byKey =
        orders.stream().collect(Collectors.toMap(Order::idempotencyKey, Function.identity()));
    Map<String, String> accepted = receipts.charges();
    List<String> ids = List.copyOf(accepted.values());
    Map<String, Charge> charges = new HashMap<>();
    forEach(ids, this::charge).stream()
        .flatMap(List::stream)
        .forEach(charge -> charges.put(charge.id(), charge));
    List<Entry> entries = forEach(ids, this::entries).stream().flatMap(List::stream).toList();
    return new Evidence(
        byKey,
        accepted,
        receipts.refusals(),
        receipts.different(),
        charges,
        entries,
        processor.effects(byKey.keySet(), patience),
        api.accounts(patience).stream().map(Investigation::account).toList(),
        violations());
  }

  private List<Charge> charge(String id) {
    JsonNode charge = api.charge(id, patience);
    if (charge == null) {
      return List.of();
    }
    return List.of(
        new Charge(
            charge.path("id").asText(),
            charge.path("idempotency_key").asText(),
            charge.path("amount").asLong(),
            charge.path("currency").asText(),
            charge.path("status").asText()));
  }

  private List<Entry> entries(String charge) {
    return api.entries(charge, patience).stream()
        .map(
            entry ->
                new Entry(
                    charge,
                    entry.path("kind").asText(),
                    entry.path("amount").asLong(),
                    entry.path("currency").asText()))
        .toList();
  }

  private static Account account(JsonNode account) {
    return new Account(
        account.path("account").asText(),
        account.path("currency").asText(),
        account.path("debits").asLong(),
        account.path("credits").asLong());
  }

  /** Of a check that began after the run; an answer may be a few seconds old. */
  private List<String> violations() {
    Instant asked = Instant.now();
    JsonNode report = api.invariants(patience);
    for (int attempt = 0;
        attempt < 10 && Instant.parse(report.path("checked_at").asText()).isBefore(asked);
        attempt++) {
      patience.pause(attempt, Duration.ZERO, "the invariants are not checked anew");
      report = api.invariants(patience);
    }
    List<String> violations = new ArrayList<>();
    report.path("violations").forEach(violation -> violations.add(violation.toString()));
    return violations;
  }

  private static <T> List<T> forEach(List<String> ids, Function<String, T> question) {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<T>> answers =
          ids.stream()
              .map(id -> CompletableFuture.supplyAsync(() -> question.apply(id), pool))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof GivenUpException givenUp ? givenUp : failure;
    } finally {
      pool.shutdownNow();
    }
  }
}
