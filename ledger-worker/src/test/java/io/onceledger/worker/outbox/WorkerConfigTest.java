package io.onceledger.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.outbox.ClaimTerms.Restore;
import io.onceledger.core.processor.Expiry;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.testing.TestConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Times under which something could be sent twice, or nothing at all, keep a worker from starting.
 */
class WorkerConfigTest {

  private static final Instant RESTORED = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant STARTED = RESTORED.plusSeconds(3_600);

  @Test
  void after_a_restore_all_is_looked_up_for_a_key_retention_from_the_start_on() {
    WorkerConfig config = worker(Map.of());
    ProcessorProfile profile = profile(Map.of("ledger.processor.profile.key-retention", "2h"));

    assertThat(config.checkedTerms(profile, Optional.of(RESTORED), STARTED).restore())
        .isEqualTo(new Restore(RESTORED, STARTED.plus(Duration.ofHours(2))));
    assertThat(config.checkedTerms(profile, Optional.empty(), STARTED).restore())
        .isEqualTo(Restore.NONE);
  }

  @Test
  void a_restore_with_a_processor_that_cannot_be_asked_is_refused() {
    ProcessorProfile mute = profile(Map.of("ledger.processor.profile.lookup-by-key", "false"));

    assertThatThrownBy(() -> worker(Map.of()).checkedTerms(mute, Optional.of(RESTORED), STARTED))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LEDGER_RESTORED_AT");
  }

  @Test
  void a_restore_that_has_not_been_is_refused() {
    assertThatThrownBy(
            () -> worker(Map.of()).checkedTerms(profile(Map.of()), Optional.of(STARTED), RESTORED))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LEDGER_RESTORED_AT");
  }

  @Test
  void a_send_that_may_begin_after_its_lease_is_refused() {
    WorkerConfig late =
        worker(Map.of("ledger.worker.send-within", "4s", "ledger.worker.lease", "3s"));

    assertThatThrownBy(() -> late.checkedTerms(profile(Map.of()), Optional.empty(), STARTED))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LEDGER_WORKER_SEND_WITHIN");
  }

  @Test
  void charges_expire_when_it_is_said_after_what_and_never_at_once() {
    assertThat(charges(Map.of()).checkedExpiry()).isEqualTo(Expiry.NEVER);
    assertThat(charges(Map.of("ledger.charge.max-age", "10m")).checkedExpiry())
        .isEqualTo(new Expiry(Duration.ofMinutes(10)));
    assertThatThrownBy(() -> charges(Map.of("ledger.charge.max-age", "0s")).checkedExpiry())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LEDGER_CHARGE_MAX_AGE");
  }

  private static WorkerConfig worker(Map<String, String> values) {
    return TestConfig.of(WorkerConfig.class, values);
  }

  private static ChargeConfig charges(Map<String, String> values) {
    return TestConfig.of(ChargeConfig.class, values);
  }

  private static ProcessorProfile profile(Map<String, String> values) {
    return TestConfig.of(ProcessorConfig.class, values).checkedProfile();
  }
}
