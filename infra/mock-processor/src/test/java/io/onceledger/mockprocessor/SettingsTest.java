package io.onceledger.mockprocessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.mockprocessor.fault.Caches;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @Test
  void an_empty_environment_gives_the_defaults() throws StartFailure {
    Settings settings = Settings.of(Map.of("LEDGER_PROCESSOR_PORT", ""));

    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8090);
    assertThat(settings.data()).isEqualTo(Path.of(".ledger", "processor"));
    assertThat(settings.faults().caches()).isEqualTo(Caches.SUCCESSES);
    assertThat(settings.faults().keyRetention()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.faults().lookupSupported()).isTrue();
    assertThat(settings.faults().cancelSupported()).isTrue();
    assertThat(settings.notifications()).isEmpty();
  }

  @Test
  void with_a_url_and_a_secret_it_notifies() throws StartFailure {
    Settings settings =
        Settings.of(
            Map.of(
                "LEDGER_PROCESSOR_NOTIFICATION_URL",
                "http://127.0.0.1:8080/v1/x",
                "LEDGER_PROCESSOR_WEBHOOK_SECRET",
                SECRET));

    assertThat(settings.notifications().orElseThrow().url())
        .isEqualTo(URI.create("http://127.0.0.1:8080/v1/x"));
    assertThat(settings.toString()).doesNotContain(SECRET.substring(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_nearlyright", "secret"})
  void a_url_without_a_secret_is_refused_and_the_secret_not_shown(String secret) {
    Map<String, String> environment =
        Map.of(
            "LEDGER_PROCESSOR_NOTIFICATION_URL",
            "http://127.0.0.1:8080/v1/x",
            "LEDGER_PROCESSOR_WEBHOOK_SECRET",
            secret);

    assertThatThrownBy(() -> Settings.of(environment))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("LEDGER_PROCESSOR_WEBHOOK_SECRET ")
        .hasMessageNotContaining("nearlyright");
  }

  @Test
  void the_profile_is_where_the_faults_start() throws StartFailure {
    Settings settings =
        Settings.of(
            Map.of(
                "LEDGER_PROCESSOR_PROFILE_CACHES", "all",
                "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION", "100ms",
                "LEDGER_PROCESSOR_PROFILE_LOOKUP_BY_KEY", "false",
                "LEDGER_PROCESSOR_PROFILE_CANCEL_BY_KEY", "false"));

    assertThat(settings.faults().caches()).isEqualTo(Caches.ALL);
    assertThat(settings.faults().keyRetention()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.faults().lookupSupported()).isFalse();
    assertThat(settings.faults().cancelSupported()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"24h, PT24H", "10m, PT10M", "5s, PT5S", "100ms, PT0.1S"})
  void durations_are_a_number_and_a_unit(String text, Duration duration) throws StartFailure {
    Map<String, String> environment = Map.of("LEDGER_PROCESSOR_PROFILE_KEY_RETENTION", text);

    assertThat(Settings.of(environment).faults().keyRetention()).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "LEDGER_PROCESSOR_PORT, http",
    "LEDGER_PROCESSOR_PORT, 65536",
    "LEDGER_PROCESSOR_PORT, -1",
    "LEDGER_PROCESSOR_PROFILE_CACHES, some",
    "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION, 24",
    "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION, 1d",
    "LEDGER_PROCESSOR_PROFILE_LOOKUP_BY_KEY, yes",
    "LEDGER_PROCESSOR_PROFILE_CANCEL_BY_KEY, 1",
    "LEDGER_PROCESSOR_NOTIFICATION_URL, 127.0.0.1:8080",
    "LEDGER_PROCESSOR_NOTIFICATION_URL, http:///x",
  })
  void a_variable_that_cannot_be_read_is_named_with_its_remedy(String name, String value) {
    assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith(name + " is \"" + value + "\"; set it to ");
  }
}
