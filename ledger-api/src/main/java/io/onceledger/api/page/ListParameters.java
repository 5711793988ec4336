package io.onceledger.api.page;

import io.onceledger.api.problem.FieldError;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads the query string of a list strictly: each parameter at most once, none that is unknown.
 * Errors are collected and refused together by {@link #done}.
 */
public final class ListParameters {

  private static final int LARGEST_LIMIT = 100;
  private static final int USUAL_LIMIT = 20;

  private final MultivaluedMap<String, String> query;
  private final SortedMap<String, String> filters = new TreeMap<>();
  private final List<String> taken = new ArrayList<>(List.of("limit", "cursor"));
  private final List<FieldError> errors = new ArrayList<>();
  private final String list;

  /**
   * Begins to read.
   *
   * @param list names the list, for its cursors
   */
  public ListParameters(String list, UUID merchant, MultivaluedMap<String, String> query) {
    this.list = list + " " + merchant;
    this.query = query;
  }

  /** Refuses any parameter, for a list that has none. */
  public static void none(String list, UUID merchant, MultivaluedMap<String, String> query) {
    ListParameters parameters = new ListParameters(list, merchant, query);
    parameters.taken.clear();
    parameters.done();
  }

  /** A filter as it was sent. */
  public Optional<String> text(String name) {
    taken.add(name);
    Optional<String> value = once(name);
    value.ifPresent(present -> filters.put(name, present));
    return value;
  }

  /** A filter of one kind; {@code description} says which when it is not. */
  public <T> Optional<T> parsed(
      String name, Function<String, Optional<T>> parse, String description) {
    Optional<String> text = text(name);
    Optional<T> value = text.flatMap(parse);
    if (text.isPresent() && value.isEmpty()) {
      errors.add(new FieldError(name, "must be " + description));
    }
    return value;
  }

  /** An instant: RFC 3339 with a zone. */
  public Optional<Instant> instant(String name) {
    return parsed(
        name, ListParameters::parseInstant, "a time with a zone, such as 2026-11-21T07:00:00Z");
  }

  /** Refuses a range that ends before it begins. */
  public void requireOrder(String from, Optional<Instant> start, String to, Optional<Instant> end) {
    if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
      errors.add(new FieldError(to, "must not be before " + from));
    }
  }

  /** 1 to 100, 20 when absent. */
  public int limit() {
    Optional<String> text = once("limit");
    Optional<Integer> limit = text.flatMap(ListParameters::parseLimit);
    if (text.isPresent() && limit.isEmpty()) {
      errors.add(new FieldError("limit", "must be an integer from 1 to " + LARGEST_LIMIT));
    }
    return limit.orElse(USUAL_LIMIT);
  }

  /** Where the page begins; to be asked after all filters, which belong to it. */
  public Optional<Position> cursor() {
    Optional<String> text = once("cursor");
    Optional<Position> position = text.flatMap(value -> Cursor.read(value, identity()));
    if (text.isPresent() && position.isEmpty()) {
      errors.add(
          new FieldError("cursor", "must be a next_cursor of this list, with the same filters"));
    }
    return position;
  }

  /** Ends the reading: refuses unknown parameters and everything collected before. */
  public void done() {
    query.keySet().stream()
        .filter(name -> !taken.contains(name))
        .forEach(name -> errors.add(new FieldError(name, "is not a parameter of this list")));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  /** The answer for {@code page}. */
  public <T, V> ListBody<V> body(Page<T> page, Function<T, V> view) {
    return new ListBody<>(
        page.items().stream().map(view).toList(),
        page.next().map(position -> Cursor.write(position, identity())).orElse(null));
  }

  private String identity() {
    return list + filters;
  }

  private Optional<String> once(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      errors.add(new FieldError(name, "must be sent once"));
    }
    return values.stream().findFirst();
  }

  private static Optional<Integer> parseLimit(String text) {
    boolean digits = text.matches("[0-9]{1,3}");
    return Optional.of(digits ? Integer.parseInt(text) : 0)
        .filter(limit -> limit >= 1 && limit <= LARGEST_LIMIT);
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      // The years of RFC 3339; beyond them lies what PostgreSQL cannot store.
      return Optional.of(time.toInstant())
          .filter(instant -> time.getYear() >= 1 && time.getYear() <= 9_998);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
