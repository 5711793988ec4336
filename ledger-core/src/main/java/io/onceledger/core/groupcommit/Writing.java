package io.onceledger.core.groupcommit;

import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.groupcommit.GroupCommit.Waiting;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes batches, and answers each of their items. Any thread.
 *
 * <p>A batch that the database could not serve is run once more as a whole: if its commit was cut
 * off, the second run finds what the first has written; and if it does not, the outcome stays
 * unknown for all of them. A batch that fails otherwise is run item by item, so that one bad item
 * harms nobody; one that waits for a lock, and all that need the same one, are answered without
 * being tried for a moment.
 */
final class Writing<T, R> {

  private static final Logger LOG = Logger.getLogger(Writing.class);

  /** SQLSTATE of a lock that was not had in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final String name;
  private final BatchWriter<T, R> writer;
  private final HeldLocks held = new HeldLocks();

  Writing(String name, BatchWriter<T, R> writer) {
    this.name = name;
    this.writer = writer;
  }

  /** Returns when each item of the batch has its answer, an error among them; throws nothing. */
  void settle(List<Waiting<T, R>> batch) {
    try {
      batch.removeIf(this::isHeldUp);
      if (!batch.isEmpty()) {
        write(batch);
      }
    } catch (Throwable e) {
      // An Error; whoever waits must hear of it, and the next batch is not to blame.
      LOG.errorf(e, "%s: a batch of %d was given up", name, batch.size());
      fail(batch, e);
    }
  }

  private void write(List<Waiting<T, R>> batch) {
    try {
      complete(batch, writeTwice(batch));
    } catch (SQLException | RuntimeException e) {
      if (batch.size() == 1 || unavailable(e)) {
        noteHeldLock(batch, e);
        fail(batch, e);
      } else {
        LOG.debugf("%s: %d items are written one by one: %s", name, batch.size(), e.getMessage());
        writeOneByOne(batch);
      }
    }
  }

  /** If the database goes away meanwhile, the rest fails with it: each try would wait in vain. */
  private void writeOneByOne(List<Waiting<T, R>> batch) {
    for (int i = 0; i < batch.size(); i++) {
      List<Waiting<T, R>> one = batch.subList(i, i + 1);
      if (isHeldUp(batch.get(i))) {
        continue;
      }
      try {
        complete(one, writeTwice(one));
      } catch (SQLException | RuntimeException e) {
        if (unavailable(e)) {
          fail(batch.subList(i, batch.size()), e);
          return;
        }
        noteHeldLock(one, e);
        fail(one, e);
      }
    }
  }

  private List<R> writeTwice(List<Waiting<T, R>> batch) throws SQLException {
    List<T> items = batch.stream().map(Waiting::item).toList();
    try {
      return writer.write(items);
    } catch (SQLException e) {
      SqlFailure failure = SqlFailure.of(e);
      if (failure != SqlFailure.UNAVAILABLE && failure != SqlFailure.CONTENDED) {
        throw e;
      }
      LOG.debugf("%s: %d items are written again: %s", name, batch.size(), e.getMessage());
      return writeAgain(items, e);
    }
  }

  /** After an unknown commit nothing but the same batch may be written: it knows itself again. */
  private List<R> writeAgain(List<T> items, SQLException first) throws SQLException {
    try {
      return writer.write(items);
    } catch (SQLException second) {
      if (unavailable(first)) {
        first.addSuppressed(second);
        throw first;
      }
      throw second;
    }
  }

  /** Answers an item whose lock somebody else was holding a moment ago. */
  private boolean isHeldUp(Waiting<T, R> waiting) {
    if (!held.contains(writer.lockOf(waiting.item()))) {
      return false;
    }
    waiting.answer().completeExceptionally(new SQLException("a lock is held", LOCK_NOT_AVAILABLE));
    return true;
  }

  private void noteHeldLock(List<Waiting<T, R>> one, Exception e) {
    if (e instanceof SQLException sql && SqlFailure.of(sql) == SqlFailure.LOCKED) {
      held.add(writer.lockOf(one.get(0).item()));
    }
  }

  private static boolean unavailable(Exception e) {
    return e instanceof SQLException sql && SqlFailure.of(sql) == SqlFailure.UNAVAILABLE;
  }

  private static <T, R> void complete(List<Waiting<T, R>> batch, List<R> answers) {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer().complete(answers.get(i));
    }
  }

  private static <T, R> void fail(List<Waiting<T, R>> batch, Throwable cause) {
    batch.forEach(waiting -> waiting.answer().completeExceptionally(cause));
  }
}
