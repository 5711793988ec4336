package io.onceledger.api.page;

import com.fasterxml.jackson.core.JsonPointer;
import io.onceledger.api.problem.FieldError;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.database.Instants;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a query string strictly: each parameter at most once, none that is unknown. Errors are
 * collected and refused together by {@link #done}.
 */
public class QueryParameters {

  private final MultivaluedMap<String, String> query;
  private final SortedMap<String, String> filters = new TreeMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  public QueryParameters(MultivaluedMap<String, String> query) {
    this.query = query;
  }

  /** A parameter that must be there; empty after an error. */
  public final String required(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      error(name, "must be there");
    }
    return value.orElse("");
  }

  /** A parameter as it was sent. */
  public final Optional<String> text(String name) {
    Optional<String> value = once(name);
    value.ifPresent(present -> filters.put(name, present));
    return value;
  }

  /** A parameter of one kind; {@code description} says which when it is not. */
  public final <T> Optional<T> parsed(
      String name, Function<String, Optional<T>> parse, String description) {
    Optional<String> text = text(name);
    Optional<T> value = text.flatMap(parse);
    if (text.isPresent() && value.isEmpty()) {
      error(name, "must be " + description);
    }
    return value;
  }

  /** An instant: RFC 3339 with a zone. */
  public final Optional<Instant> instant(String name) {
    return parsed(
        name, QueryParameters::parseInstant, "a time with a zone, such as 2026-11-21T07:00:00Z");
  }

  /** Refuses a range that ends before it begins. */
  public final void requireOrder(
      String from, Optional<Instant> start, String to, Optional<Instant> end) {
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      error(to, "must not be before " + from);
    }
  }

  /** Ends the reading: refuses unknown parameters and everything collected before. */
  public final void done() {
    query.keySet().stream()
        .filter(name -> !taken.contains(name))
        .forEach(name -> error(name, "is not a parameter here"));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  /** What was asked for besides pages, by name. */
  final SortedMap<String, String> filters() {
    return filters;
  }

  /** The value of {@code name}, which may be there once. */
  final Optional<String> once(String name) {
    taken.add(name);
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      error(name, "must be sent once");
    }
    return values.stream().findFirst();
  }

  final void error(String name, String detail) {
    errors.add(new FieldError(JsonPointer.empty().appendProperty(name).toString(), detail));
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(Instants::isWritable);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
