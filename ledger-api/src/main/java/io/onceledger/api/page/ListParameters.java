package io.onceledger.api.page;

import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads the query string of a list that comes in pages: its filters, and where a page begins. */
public final class ListParameters extends QueryParameters {

  private static final int LARGEST_LIMIT = 100;
  private static final int USUAL_LIMIT = 20;

  private final String list;

  /**
   * Begins to read.
   *
   * @param list names the list, for its cursors
   */
  public ListParameters(String list, UUID merchant, MultivaluedMap<String, String> query) {
    super(query);
    this.list = list + " " + merchant;
  }

  /** Begins to read, for a list of all merchants. */
  public ListParameters(String list, MultivaluedMap<String, String> query) {
    super(query);
    this.list = list;
  }

  /** 1 to 100, 20 when absent. */
  public int limit() {
    Optional<String> text = once("limit");
    Optional<Integer> limit = text.flatMap(ListParameters::parseLimit);
    if (text.isPresent() && limit.isEmpty()) {
      error("limit", "must be an integer from 1 to " + LARGEST_LIMIT);
    }
    return limit.orElse(USUAL_LIMIT);
  }

  /** Where the page begins; to be asked after all filters, which belong to it. */
  public Optional<Position> cursor() {
    Optional<String> text = once("cursor");
    Optional<Position> position = text.flatMap(value -> Cursor.read(value, identity()));
    if (text.isPresent() && position.isEmpty()) {
      error("cursor", "must be a next_cursor of this list, with the same filters");
    }
    return position;
  }

  /** The answer for {@code page}. */
  public <T, V> ListBody<V> body(Page<T> page, Function<T, V> view) {
    return new ListBody<>(
        page.items().stream().map(view).toList(),
        page.next().map(position -> Cursor.write(position, identity())).orElse(null));
  }

  private String identity() {
    return list + filters();
  }

  private static Optional<Integer> parseLimit(String text) {
    boolean digits = text.matches("[0-9]{1,3}");
    return Optional.of(digits ? Integer.parseInt(text) : 0)
        .filter(limit -> limit >= 1 && limit <= LARGEST_LIMIT);
  }
}
