package io.onceledger.core.page;

import io.onceledger.core.database.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Collects the conditions of a list, each with its parameter. */
public final class Query {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /** Begins with the merchant, whom every list belongs to. */
  public Query(UUID merchant) {
    and("merchantId = :merchant", "merchant", merchant);
  }

  public Query and(String condition, String name, Object value) {
    conditions.add(condition);
    parameters.put(name, value);
    return this;
  }

  public Query and(String condition, String name, Optional<?> value) {
    value.ifPresent(present -> and(condition, name, present));
    return this;
  }

  /** Rows of {@code [from, to)} by {@code column}, whatever is below a microsecond. */
  public Query within(String column, Optional<Instant> from, Optional<Instant> to) {
    return and(column + " >= :from", "from", from.map(Instants::roundedUp))
        .and(column + " < :to", "to", to.map(Instants::roundedUp));
  }

  /** Rows older than {@code position}, in the order of {@code column} and id. */
  public Query after(String column, Optional<Position> position) {
    return beyond(column, "<", position);
  }

  /** Rows newer than {@code position}, for a list that begins with the oldest. */
  public Query since(String column, Optional<Position> position) {
    return beyond(column, ">", position);
  }

  private Query beyond(String column, String side, Optional<Position> position) {
    position.ifPresent(
        place -> {
          and("(" + column + ", id) " + side + " (:time, :id)", "time", place.time());
          parameters.put("id", place.id());
        });
    return this;
  }

  public String text() {
    return String.join(" and ", conditions);
  }

  public Map<String, Object> parameters() {
    return Map.copyOf(parameters);
  }
}
