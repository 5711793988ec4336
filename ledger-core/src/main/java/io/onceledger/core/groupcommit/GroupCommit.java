package io.onceledger.core.groupcommit;

import io.onceledger.core.database.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * A bounded queue and a few threads, each of which takes all that waits, up to a batch, and has it
 * written in one transaction. An item's stage completes after its commit, never before.
 *
 * <p>Where items come in company, the first one waits a moment for others: a commit for each of
 * those that come in quick succession would keep all of them waiting for longer. One that comes
 * alone is written at once.
 *
 * <p>A batch that the database could not serve is run once more as a whole: if its commit was cut
 * off, the second run finds what the first has written; and if it does not, the outcome stays
 * unknown for all of them. A batch that fails otherwise is run item by item, so that one bad item
 * harms nobody; one that waits for a lock, and all that need the same one, are answered without
 * being tried for a moment. Any thread may submit.
 */
public final class GroupCommit<T, R> implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(GroupCommit.class);

  /** SQLSTATE of a lock that was not had in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /**
   * A batch that takes longer waits for a lock, or the disk is slow: the next one does not wait.
   */
  private static final long SLOW_MILLIS = 20;

  /** How soon an idle thread notices {@link #close}; work is noticed at once. */
  private static final long IDLE_MILLIS = 100;

  /** Sixteenths of an item in a batch, on average of late, beyond which others are waited for. */
  private static final int COMPANY = 24;

  private record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

  private final String name;
  private final BatchWriter<T, R> writer;
  private final int batchSize;
  private final long gatherNanos;
  private final BlockingQueue<Waiting<T, R>> queue;
  private final List<Thread> threads;
  private final HeldLocks held = new HeldLocks();
  private final Lock forming = new ReentrantLock();
  private final Semaphore turn = new Semaphore(1);

  /** In sixteenths of an item, the newest batch a quarter of it; guarded by {@link #forming}. */
  private int usualSize;

  private volatile boolean closed;

  /** One that does not wait for company. */
  public GroupCommit(
      String name, int writers, int batchSize, int queueCapacity, BatchWriter<T, R> writer) {
    this(name, writers, batchSize, queueCapacity, Duration.ZERO, writer);
  }

  /**
   * Starts its threads.
   *
   * @param writers threads, and so connections in use at once: a batch forms while another one is
   *     written, and is written beside it only when that one takes long. So two are enough
   * @param batchSize items in one transaction, at the most
   * @param queueCapacity items that may wait; beyond it {@link #submit} refuses
   * @param gather how long the first item of a batch waits for others
   */
  public GroupCommit(
      String name,
      int writers,
      int batchSize,
      int queueCapacity,
      Duration gather,
      BatchWriter<T, R> writer) {
    this.name = name;
    this.writer = writer;
    this.batchSize = batchSize;
    this.gatherNanos = gather.toNanos();
    this.queue = new LinkedBlockingQueue<>(queueCapacity);
    this.threads =
        IntStream.range(0, writers).mapToObj(n -> new Thread(this::run, name + "-" + n)).toList();
    threads.forEach(Thread::start);
  }

  /**
   * Has {@code item} written by the next commit.
   *
   * @throws QueueFullException at once, when too many wait or after {@link #close}
   */
  public CompletionStage<R> submit(T item) {
    Waiting<T, R> waiting = new Waiting<>(item, new CompletableFuture<>());
    if (closed || !queue.offer(waiting) || (closed && queue.remove(waiting))) {
      throw new QueueFullException(name);
    }
    if (isBatchFull()) {
      threads.forEach(LockSupport::unpark);
    }
    return waiting.answer();
  }

  /** Items that wait now. */
  public int depth() {
    return queue.size();
  }

  /** Refuses new items, writes those that wait, and returns when all have their answers. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LockSupport::unpark);
    for (Thread thread : threads) {
      joinUninterruptibly(thread);
    }
  }

  private void run() {
    List<Waiting<T, R>> batch = new ArrayList<>(batchSize);
    boolean more;
    do {
      batch.clear();
      more = formAndWrite(batch);
    } while (more);
  }

  /**
   * Waits a moment for work; false when there is none and will be none. One batch forms at a time.
   */
  private boolean formAndWrite(List<Waiting<T, R>> batch) {
    boolean hasTurn = false;
    forming.lock();
    try {
      Waiting<T, R> first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return !closed;
      }
      batch.add(first);
      if (usualSize > COMPANY) {
        gather();
      }
      hasTurn = turn.tryAcquire(SLOW_MILLIS, TimeUnit.MILLISECONDS);
      queue.drainTo(batch, batchSize - 1);
      usualSize += (16 * batch.size() - usualSize) / 4;
    } catch (InterruptedException e) {
      // Nobody interrupts these threads; if someone does, what waits is still written.
      closed = true;
    } finally {
      forming.unlock();
    }
    try {
      settle(batch);
    } finally {
      if (hasTurn) {
        turn.release();
      }
    }
    return true;
  }

  private void settle(List<Waiting<T, R>> batch) {
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

  private void gather() {
    long end = System.nanoTime() + gatherNanos;
    long left = gatherNanos;
    while (left > 0 && !isBatchFull() && !closed) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
  }

  /** With the one that has been taken already. */
  private boolean isBatchFull() {
    return queue.size() >= batchSize - 1;
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

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
