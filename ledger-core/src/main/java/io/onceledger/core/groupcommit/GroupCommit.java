package io.onceledger.core.groupcommit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A bounded queue and a few threads, each of which takes all that waits, up to a batch, and has it
 * written in one transaction. An item's stage completes after its commit, never before.
 *
 * <p>Where items come in company, the first one waits a moment for others: a commit for each of
 * those that come in quick succession would keep all of them waiting for longer. One that comes
 * alone is written at once. One batch is written at a time, unless that takes long or a crowd
 * waits, which is worth a commit of its own. What becomes of a batch that fails: {@link Writing}.
 * Any thread may submit.
 */
public final class GroupCommit<T, R> implements AutoCloseable {

  /**
   * A batch that takes longer waits for a lock, or the disk is slow: the next one does not wait.
   */
  private static final Duration SLOW = Duration.ofMillis(20);

  /** A crowd is so much of a full batch: a larger batch costs hardly less for each item. */
  private static final int CROWD_SHARE = 4;

  /** How soon an idle thread notices {@link #close}; work is noticed at once. */
  private static final long IDLE_MILLIS = 100;

  /** Sixteenths of an item in a batch, on average of late, beyond which others are waited for. */
  private static final int COMPANY = 24;

  /** An item in the queue, and the stage that waits for its commit. */
  record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

  private final String name;
  private final Writing<T, R> writing;
  private final int batchSize;
  private final int crowd;
  private final long gatherNanos;
  private final long slowNanos;
  private final BlockingQueue<Waiting<T, R>> queue;
  private final List<Thread> threads;
  private final Lock forming = new ReentrantLock();

  /** Batches that are being written. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** In sixteenths of an item, the newest batch a quarter of it; guarded by {@link #forming}. */
  private int usualSize;

  /** Who waits for {@link #submit}, or for another's batch; null when nobody does. */
  private volatile Thread parked;

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
   *     written, and is written beside it only when there is reason to. So two are enough
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
    this(name, writers, batchSize, queueCapacity, gather, SLOW, writer);
  }

  /** As the other one, with a time of its own after which a batch takes long. */
  GroupCommit(
      String name,
      int writers,
      int batchSize,
      int queueCapacity,
      Duration gather,
      Duration slow,
      BatchWriter<T, R> writer) {
    this.name = name;
    this.writing = new Writing<>(name, writer);
    this.batchSize = batchSize;
    this.crowd = Math.max(1, batchSize / CROWD_SHARE);
    this.gatherNanos = gather.toNanos();
    this.slowNanos = slow.toNanos();
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
    Thread waits = parked;
    if (waits != null && isCrowd()) {
      LockSupport.unpark(waits);
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
    forming.lock();
    try {
      Waiting<T, R> first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return !closed;
      }
      batch.add(first);
      if (usualSize > COMPANY) {
        parkUntil(() -> isBatchFull() || closed, gatherNanos);
      }
      parkUntil(() -> underWay.get() == 0 || isCrowd(), slowNanos);
      queue.drainTo(batch, batchSize - 1);
      usualSize += (16 * batch.size() - usualSize) / 4;
      underWay.incrementAndGet();
    } catch (InterruptedException e) {
      // Nobody interrupts these threads; if someone does, what waits is still written.
      closed = true;
      return true;
    } finally {
      forming.unlock();
    }
    try {
      writing.settle(batch);
    } finally {
      underWay.decrementAndGet();
      LockSupport.unpark(parked);
    }
    return true;
  }

  /** Returns when {@code done}, or after {@code nanos}: for the one thread that forms a batch. */
  private void parkUntil(BooleanSupplier done, long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    parked = Thread.currentThread();
    while (left > 0 && !done.getAsBoolean()) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    parked = null;
  }

  /** With the one that has been taken already. */
  private boolean isBatchFull() {
    return queue.size() >= batchSize - 1;
  }

  private boolean isCrowd() {
    return queue.size() >= crowd - 1;
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
