package io.onceledger.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * What is going to happen, in the order of true time; what is due at the same instant happens in
 * the order in which it was put down. Optionally keeps a line for each thing that happened.
 */
final class Schedule {

  private record Event(long at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final List<String> lines = new ArrayList<>();
  private final Clock clock;
  private final boolean told;
  private long order;

  /** {@code told}: whether lines are kept; that is slow, and is for a run that is known to fail. */
  Schedule(Clock clock, boolean told) {
    this.clock = clock;
    this.told = told;
  }

  void in(long millis, Runnable what) {
    events.add(new Event(clock.now() + millis, order++, what));
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** True time of the next event. */
  long next() {
    return events.element().at();
  }

  /** Moves the clock to the next event and has it happen. */
  void step() {
    Event event = events.remove();
    clock.advanceTo(event.at());
    event.what().run();
  }

  void tell(Supplier<String> line) {
    if (told) {
      lines.add("%,12d ms  %s".formatted(clock.now(), line.get()));
    }
  }

  List<String> lines() {
    return lines;
  }
}
