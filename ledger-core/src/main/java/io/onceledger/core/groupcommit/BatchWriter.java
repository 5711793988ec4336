package io.onceledger.core.groupcommit;

import java.sql.SQLException;
import java.util.List;

/**
 * Writes a batch and returns when it is committed.
 *
 * <p>It may be run again with the same items after any failure, an unknown commit included, and
 * must then change nothing twice.
 *
 * @param <T> what is written
 * @param <R> what is answered for each item
 */
@FunctionalInterface
public interface BatchWriter<T, R> {

  /** The answers, in the order of the items. */
  List<R> write(List<T> items) throws SQLException;

  /**
   * What an item may have to wait for, when somebody else has it. Once a lock for one item could
   * not be had in time, the others with an equal one are not tried either, for a moment.
   */
  default Object lockOf(T item) {
    return item;
  }
}
