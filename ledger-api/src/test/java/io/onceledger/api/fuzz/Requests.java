package io.onceledger.api.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.fuzz.Document.Operation;
import io.onceledger.api.fuzz.Document.Parameter;
import io.onceledger.api.fuzz.Draft.Caller;
import io.onceledger.api.testing.LedgerUnderTest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests that are good as far as the document can say. */
final class Requests {

  static final Map<Caller, String> API_KEYS =
      Map.of(
          Caller.ONE, LedgerUnderTest.MERCHANT_KEY,
          Caller.TWO, LedgerUnderTest.OTHER_KEY,
          Caller.OPERATOR, LedgerUnderTest.OPERATOR_KEY);

  private static final List<Caller> CALLERS = List.of(Caller.values());

  private final Values values;
  private final Memory memory;
  private final Random random;

  Requests(Values values, Memory memory, Random random) {
    this.values = values;
    this.memory = memory;
    this.random = random;
  }

  /** A request for {@code operation}, mostly by somebody who may. */
  Draft good(Operation operation) {
    Draft draft = new Draft(operation, caller(operation));
    if (draft.caller != Caller.NOBODY) {
      draft.header("Authorization", "Bearer " + API_KEYS.get(draft.caller));
    }
    operation.parameters().stream()
        .sorted(Comparator.comparingInt(p -> operation.path().indexOf("{" + p.name() + "}")))
        .forEach(parameter -> fill(draft, parameter));
    if (operation.body() instanceof ObjectNode schema
        && (operation.bodyRequired() || random.nextBoolean())) {
      draft.json = (ObjectNode) values.of(schema);
      draft.header("Content-Type", "application/json");
    }
    return draft;
  }

  private Caller caller(Operation operation) {
    if (random.nextInt(10) == 0) {
      return CALLERS.get(random.nextInt(CALLERS.size()));
    }
    return operation.isForOperators()
        ? Caller.OPERATOR
        : random.nextBoolean() ? Caller.ONE : Caller.TWO;
  }

  private void fill(Draft draft, Parameter parameter) {
    switch (parameter.in()) {
      case "path" -> draft.pathValues.put(parameter.name(), place(draft, parameter));
      case "query" -> {
        if (parameter.required() || random.nextInt(4) == 0) {
          draft.query.add(Map.entry(parameter.name(), text(draft, parameter)));
        }
      }
      default -> {
        if (parameter.name().equals("Idempotency-Key")) {
          draft.header(parameter.name(), key());
        }
      }
    }
  }

  /** What stands in the path is mostly something that the path before it has answered. */
  private String place(Draft draft, Parameter parameter) {
    return memory
        .below(draft.caller, draft.pathBefore(parameter.name()), parameter.name())
        .orElseGet(() -> values.of(parameter.schema()).asText());
  }

  private String text(Draft draft, Parameter parameter) {
    return memory
        .named(draft.caller, parameter.name())
        .filter(value -> random.nextInt(4) > 0)
        .orElseGet(() -> values.of(parameter.schema()).asText());
  }

  /** Fresh ones that {@link Judge} knows again, bare or in quotes. */
  private String key() {
    String key = "fuzz-%016x".formatted(random.nextLong());
    return random.nextInt(4) > 0 ? key : "\"" + key + " \\\\,;\\\"\"";
  }
}
