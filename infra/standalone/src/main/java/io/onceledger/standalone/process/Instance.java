package io.onceledger.standalone.process;

import java.time.Duration;

/** One run of a service. */
public interface Instance {
  ProcessHandle process();

  /** Whether it does its work; asked again and again until it says yes. */
  boolean ready();

  /** How long it may take to become ready. */
  Duration patience();

  /** Asks it to end, waits a bounded time, then kills it. When it returns, no process is left. */
  void stop();

  /** How it ended and, if it said so, why; one line, only meaningful after its end. */
  String ending();
}
