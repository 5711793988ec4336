package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorProfileTest {

  @Test
  void a_window_that_holds_the_horizon_and_half_the_retention_is_safe() {
    assertThat(profile("PT24H", "PT12H", "PT11H59M49S").violations()).isEmpty();
    assertThat(profile("PT24H", "PT1H", "PT30M").violations()).isEmpty();
  }

  @Test
  void a_horizon_that_reaches_beyond_the_window_is_named_with_its_numbers() {
    assertThat(profile("PT24H", "PT12H", "PT72H").violations())
        .singleElement()
        .asString()
        .contains(
            "LEDGER_PROCESSOR_RETRY_HORIZON 72h",
            "LEDGER_PROCESSOR_CALL_TIMEOUT 10s",
            "LEDGER_PROCESSOR_CLOCK_SKEW 1s",
            "= 72h11s",
            "LEDGER_PROCESSOR_SAFE_RESEND_WINDOW 12h");
  }

  @Test
  void a_window_beyond_half_the_retention_is_named_with_its_numbers() {
    assertThat(profile("PT24H", "PT13H", "PT1H").violations())
        .singleElement()
        .asString()
        .contains(
            "LEDGER_PROCESSOR_SAFE_RESEND_WINDOW 13h",
            "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION 24h");
  }

  @Test
  void without_a_horizon_nothing_is_sent_again_and_no_window_is_needed() {
    assertThat(profile("PT6S", "PT3S", "PT-8S").violations()).isEmpty();
    assertThat(profile("PT6S", "PT3S", "PT0S").violations()).isEmpty();
    assertThat(profile("PT6S", "PT3S", "PT1S").violations()).hasSize(1);
  }

  private static ProcessorProfile profile(String retention, String window, String horizon) {
    return new ProcessorProfile(
        ProcessorProfile.Caches.SUCCESSES,
        Duration.parse(retention),
        true,
        true,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.parse(window),
        Duration.parse(horizon));
  }
}
