package io.onceledger.worker.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|PT0S",
        "7|PT7S",
        "' 120 '|PT2M",
        "Sat, 21 Nov 2026 12:00:30 GMT|PT30S",
        "Sat, 21 Nov 2026 11:59:00 GMT|PT0S"
      })
  void seconds_and_dates_are_read(String header, Duration wait) {
    assertThat(RetryAfter.read(header, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "2026-11-21T12:00:30Z"})
  void what_is_neither_asks_for_nothing(String header) {
    assertThat(RetryAfter.read(header, NOW)).isEmpty();
  }

  @Test
  void no_header_asks_for_nothing() {
    assertThat(RetryAfter.read(null, NOW)).isEmpty();
  }
}
