package io.onceledger.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.api.fuzz.Draft.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What each caller has been answered, so that later requests ask for things that exist: ids under
 * the path that answered them, and other texts by the name of their member.
 */
final class Memory {

  private static final int MOST = 100;

  /** Parameters that are called otherwise in answers. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "key", "idempotency_key",
          "cursor", "next_cursor",
          "account", "debit_account",
          "resource", "charge");

  private final Map<String, List<String>> known = new HashMap<>();
  private final List<String> untouchable;
  private final Random random;

  /**
   * Knows nothing.
   *
   * @param untouchable ids that are not remembered: an operator could revoke the keys under test
   */
  Memory(List<String> untouchable, Random random) {
    this.untouchable = untouchable;
    this.random = random;
  }

  /** Remembers what was answered. */
  void learn(Draft draft, JsonNode answer) {
    String path = draft.path();
    remember(draft.caller, path, answer.path("id"));
    answer.path("data").forEach(item -> remember(draft.caller, path, item.path("id")));
    learn(draft.caller, answer);
  }

  /** The value of a parameter that stands behind {@code path}. */
  Optional<String> below(Caller caller, String path, String name) {
    Optional<String> child = any(caller, path);
    return child.isPresent() ? child : named(caller, name);
  }

  /** The value of a member or parameter of this name. */
  Optional<String> named(Caller caller, String name) {
    return any(caller, OTHER_NAMES.getOrDefault(name, name));
  }

  private void learn(Caller caller, JsonNode value) {
    value.properties().forEach(member -> remember(caller, member.getKey(), member.getValue()));
    value.forEach(item -> learn(caller, item));
  }

  private void remember(Caller caller, String name, JsonNode value) {
    if (value.isTextual() && !untouchable.contains(value.textValue())) {
      List<String> values = known.computeIfAbsent(caller + " " + name, n -> new ArrayList<>());
      if (values.size() < MOST) {
        values.add(value.textValue());
      } else {
        values.set(random.nextInt(MOST), value.textValue());
      }
    }
  }

  private Optional<String> any(Caller caller, String name) {
    List<String> values = known.getOrDefault(caller + " " + name, List.of());
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.get(random.nextInt(values.size())));
  }
}
