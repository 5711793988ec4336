package io.onceledger.worker.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickerTest {

  private final AtomicInteger ticks = new AtomicInteger();
  private Ticker ticker;

  @AfterEach
  void stop() {
    ticker.stop();
    assertThat(ticker.isRunning()).isFalse();
  }

  @Test
  void it_does_not_wait_while_there_is_more_to_do() {
    start(Duration.ofHours(1), () -> ticks.incrementAndGet() < 3);

    await().until(() -> ticks.get() == 3);
  }

  @Test
  void it_comes_again_after_a_while() {
    start(
        Duration.ofMillis(1),
        () -> {
          ticks.incrementAndGet();
          return false;
        });

    await().until(() -> ticks.get() >= 3);
  }

  @Test
  void it_stops_however_much_there_is_to_do() {
    start(
        Duration.ofHours(1),
        () -> {
          ticks.incrementAndGet();
          return true;
        });

    await().until(() -> ticks.get() > 0);
  }

  private void start(Duration every, BooleanSupplier tick) {
    ticker = new Ticker("test", every, tick);
    ticker.start();
  }
}
