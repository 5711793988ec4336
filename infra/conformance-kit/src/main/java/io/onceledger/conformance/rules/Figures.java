package io.onceledger.conformance.rules;

import static org.awaitility.Awaitility.await;

import io.onceledger.conformance.http.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** Figures that may lag a little behind what they count. */
final class Figures {
  private static final Duration LAG = Duration.ofSeconds(5);

  private Figures() {}

  /** The first answer that is as expected or is no figure at all, else the last one. */
  static Answer until(String what, Callable<Answer> question, Predicate<Answer> expected) {
    AtomicReference<Answer> last = new AtomicReference<>();
    try {
      return await(what)
          .atMost(LAG)
          .pollDelay(Duration.ZERO)
          .pollInSameThread()
          .until(
              () -> {
                last.set(question.call());
                return last.get();
              },
              seen -> seen.status() != 200 || expected.test(seen));
    } catch (ConditionTimeoutException late) {
      return last.get();
    }
  }
}
