package io.onceledger.core.groupcommit;

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

/**
 * A bounded queue and a few threads, each of which takes all that waits, up to a batch, and has it
 * written in one transaction. An item's stage completes after its commit, never before.
 *
 * <p>Where items come in company, the first one waits a moment for others: a commit for each of
 * those that come in quick succession would keep all of them waiting for longer. One that comes
 * alone is written at once. What becomes of a batch that fails: {@link Writing}. Any thread may
 * submit.
 */
public final class GroupCommit<T, R> implements AutoCloseable {

  /**
   * A batch that takes longer waits for a lock, or the disk is slow: the next one does not wait.
   */
  private static final long SLOW_MILLIS = 20;

  /** How soon an idle thread notices {@link #close}; work is noticed at once. */
  private static final long IDLE_MILLIS = 100;

  /** Sixteenths of an item in a batch, on average of late, beyond which others are waited for. */
  private static final int COMPANY = 24;

  /** An item in the queue, and the stage that waits for its commit. */
  record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

  private final String name;
  private final Writing<T, R> writing;
  private final int batchSize;
  private final long gatherNanos;
  private final BlockingQueue<Waiting<T, R>> queue;
  private final List<Thread> threads;
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
    this.writing = new Writing<>(name, writer);
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
      writing.settle(batch);
    } finally {
      if (hasTurn) {
        turn.release();
      }
    }
    return true;
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
