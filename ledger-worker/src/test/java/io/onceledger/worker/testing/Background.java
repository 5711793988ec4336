package io.onceledger.worker.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** What happens in the background: soon on an idle machine, and in the end on any. */
public final class Background {

  private Background() {}

  /** Waits for it, for no longer than two minutes. */
  public static ConditionFactory eventually() {
    return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
  }
}
