package io.onceledger.mockprocessor.notification;

/** One notification to deliver. */
final class Task {
  private final Notification notification;
  private final Page page;
  private final long place;
  private int tries;
  private int toBeOvertakenBy;
  private long timer;

  /**
   * A new one.
   *
   * @param place in the order of the journal
   * @param toBeOvertakenBy how many later ones are to be delivered before it
   */
  Task(Notification notification, Page page, long place, int toBeOvertakenBy) {
    this.notification = notification;
    this.page = page;
    this.place = place;
    this.toBeOvertakenBy = toBeOvertakenBy;
  }

  Notification notification() {
    return notification;
  }

  Page page() {
    return page;
  }

  /** The timer that ends its being held back. */
  long timer() {
    return timer;
  }

  void letGoBy(long newTimer) {
    timer = newTimer;
  }

  /** Counts a try that failed; returns how many there have been. */
  int failed() {
    return ++tries;
  }

  /** Takes note of a delivery; whether this one has now been overtaken as often as it was to be. */
  boolean overtakenBy(Task delivered) {
    return delivered.place > place && --toBeOvertakenBy <= 0;
  }
}
