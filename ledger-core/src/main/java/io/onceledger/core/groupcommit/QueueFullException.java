package io.onceledger.core.groupcommit;

/** More waits to be written than is allowed to wait; nothing was done for this item. */
public final class QueueFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public QueueFullException(String name) {
    // Thrown in numbers exactly when there is no time for it: no stack trace.
    super(name + ": the queue is full", null, false, false);
  }
}
