package io.onceledger.core.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next where the following page begins; empty on the last one
 */
public record Page<T>(List<T> items, Optional<Position> next) {

  /** Cuts {@code items}, of which one more than {@code limit} was asked for, to a page. */
  public static <T> Page<T> of(List<T> items, int limit, Function<T, Position> position) {
    if (items.size() <= limit) {
      return new Page<>(items, Optional.empty());
    }
    List<T> page = items.subList(0, limit);
    return new Page<>(page, Optional.of(position.apply(page.get(limit - 1))));
  }
}
