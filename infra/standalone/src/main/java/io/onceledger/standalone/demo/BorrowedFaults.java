package io.onceledger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** The processor with faults of our own for a while; afterwards it has those back that it had. */
final class BorrowedFaults {
  /** A processor that was just killed is back by then. */
  private static final Duration RESTORE = Duration.ofSeconds(15);

  private final Processor processor;
  private final JsonNode saved;
  private boolean restored;

  private BorrowedFaults(Processor processor, JsonNode saved) {
    this.processor = processor;
    this.saved = saved;
  }

  /** Runs a task among faults. They are restored when it ends, and when the JVM is told to end. */
  static void during(Runnable task, Processor processor, JsonNode faults, Patience patience) {
    BorrowedFaults borrowed = new BorrowedFaults(processor, processor.faults(patience));
    Runtime.getRuntime().addShutdownHook(new Thread(borrowed::restore, "restore faults"));
    try {
      processor.setFaults(faults, patience);
      task.run();
    } finally {
      borrowed.restore();
    }
  }

  private synchronized void restore() {
    if (restored) {
      return;
    }
    restored = true;
    try {
      processor.setFaults(saved, new Patience("answer of the processor", RESTORE));
    } catch (GivenUpException failure) {
      System.err.println(
          "infra/demo: the processor's faults could not be restored ("
              + failure.getMessage()
              + "); they were "
              + saved);
    }
  }
}
