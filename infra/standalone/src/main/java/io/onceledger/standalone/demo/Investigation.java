package io.onceledger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.standalone.demo.Evidence.Account;
import io.onceledger.standalone.demo.Evidence.Charge;
import io.onceledger.standalone.demo.Evidence.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
    Map<String, JsonNode> found = charges(Set.copyOf(accepted.values()));
    return new Evidence(
        byKey,
        accepted,
        receipts.refusals(),
        receipts.different(),
        found.values().stream()
            .map(Investigation::charge)
            .collect(Collectors.toMap(Charge::id, Function.identity())),
        entries(found),
        processor.effects(byKey.keySet(), patience),
        api.accounts(patience).stream().map(Investigation::account).toList(),
        violations());
  }

  /**
   * In pages, as most of them are the newest that there are: one by one, thousands take minutes.
   * What is not found among the newest is asked for by its id.
   */
  private Map<String, JsonNode> charges(Set<String> ids) {
    Map<String, JsonNode> found = new HashMap<>();
    AtomicInteger read = new AtomicInteger();
    int most = 2 * ids.size() + LedgerApi.PAGE;
    api.charges(
        patience,
        page -> {
          page.stream()
              .filter(charge -> ids.contains(id(charge)))
              .forEach(charge -> found.put(id(charge), charge));
          return found.size() < ids.size() && read.addAndGet(page.size()) < most;
        });
    List<String> older = ids.stream().filter(id -> !found.containsKey(id)).toList();
    forEach(older, id -> Optional.ofNullable(api.charge(id, patience))).stream()
        .flatMap(Optional::stream)
        .forEach(charge -> found.put(id(charge), charge));
    return found;
  }

  /** No entry is older than its charge. */
  private List<Entry> entries(Map<String, JsonNode> charges) {
    return charges.values().stream()
        .map(charge -> charge.path("created_at").asText())
        .min(Comparator.naturalOrder())
        .map(
            first ->
                api.entriesFrom(first, patience).stream()
                    .filter(entry -> charges.containsKey(entry.path("charge").asText()))
                    .map(Investigation::entry)
                    .toList())
        .orElse(List.of());
  }

  private static String id(JsonNode charge) {
    return charge.path("id").asText();
  }

  private static Charge charge(JsonNode charge) {
    return new Charge(
        id(charge),
        charge.path("idempotency_key").asText(),
        charge.path("amount").asLong(),
        charge.path("currency").asText(),
        charge.path("status").asText());
  }

  private static Entry entry(JsonNode entry) {
    return new Entry(
        entry.path("charge").asText(),
        entry.path("kind").asText(),
        entry.path("amount").asLong(),
        entry.path("currency").asText());
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
