package io.onceledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.process.RefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Path HERE = Path.of("/somewhere");

  @Test
  void without_variables_everything_is_embedded_on_the_documented_ports() {
    Settings settings = Settings.from(Map.of(), HERE);
    assertThat(settings.data()).isEqualTo(Path.of("/somewhere/.ledger"));
    assertThat(settings.workers()).isEqualTo(1);
    assertThat(settings.ports().keySet()).containsExactly(5433, 8090, 8080, 9000, 9001);
    assertThat(settings.processor()).isEqualTo(URI.create("http://127.0.0.1:8090"));
    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5433/ledger");
    assertThat(settings.database().application().user()).isEqualTo("ledger_app");
    assertThat(settings.database().owner().user()).isEqualTo("ledger_owner");
  }

  @Test
  void the_mock_notifies_the_api_unless_it_is_told_not_to() {
    assertThat(Settings.from(Map.of(), HERE).notificationUrl())
        .contains(URI.create("http://127.0.0.1:8080/v1/processor-notifications"));
    assertThat(Settings.from(notifications("off", "http://elsewhere/hook"), HERE).notificationUrl())
        .isEmpty();
  }

  @Test
  void notifications_go_to_the_api_or_where_they_are_told_to_go() {
    Map<String, String> toTheApi =
        Map.of("LEDGER_PROCESSOR_NOTIFICATIONS", "on", "LEDGER_API_PORT", "8181");
    assertThat(Settings.from(toTheApi, HERE).notificationUrl())
        .contains(URI.create("http://127.0.0.1:8181/v1/processor-notifications"));
    assertThat(Settings.from(notifications("on", "http://elsewhere/hook"), HERE).notificationUrl())
        .contains(URI.create("http://elsewhere/hook"));
    assertThat(Settings.from(notifications("", "http://elsewhere/hook"), HERE).notificationUrl())
        .contains(URI.create("http://elsewhere/hook"));
  }

  private static Map<String, String> notifications(String wish, String url) {
    return Map.of("LEDGER_PROCESSOR_NOTIFICATIONS", wish, "LEDGER_PROCESSOR_NOTIFICATION_URL", url);
  }

  @Test
  void the_management_ports_of_the_workers_count_up() {
    Settings settings =
        Settings.from(Map.of("LEDGER_WORKERS", "3", "LEDGER_WORKER_MANAGEMENT_PORT", "9100"), HERE);
    assertThat(settings.ports().keySet()).contains(9100, 9101, 9102);
    assertThat(settings.workerManagementPort(3)).isEqualTo(9102);
  }

  @Test
  void an_existing_database_is_used_by_the_given_user_who_also_migrates() {
    Settings settings =
        Settings.from(
            Map.of(
                "LEDGER_DATABASE_URL", "jdbc:postgresql://db/money",
                "LEDGER_DATABASE_USER", "app",
                "LEDGER_DATABASE_PASSWORD", "secret"),
            HERE);
    assertThat(settings.databasePort()).isEmpty();
    assertThat(settings.ports().keySet()).doesNotContain(5433);
    assertThat(settings.database().owner()).isEqualTo(settings.database().application());
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void an_owner_of_its_own_migrates_an_existing_database() {
    Settings settings =
        Settings.from(
            Map.of(
                "LEDGER_DATABASE_URL", "jdbc:postgresql://db/money",
                "LEDGER_DATABASE_USER", "app",
                "LEDGER_DATABASE_MIGRATION_USER", "boss"),
            HERE);
    assertThat(settings.database().owner().user()).isEqualTo("boss");
    assertThat(settings.database().application().user()).isEqualTo("app");
  }

  @Test
  void an_existing_processor_replaces_the_mock() {
    Settings settings =
        Settings.from(Map.of("LEDGER_PROCESSOR_URL", "https://pay.example/v2/"), HERE);
    assertThat(settings.processorPort()).isEmpty();
    assertThat(settings.processor()).isEqualTo(URI.create("https://pay.example/v2"));
  }

  @ParameterizedTest
  @CsvSource({
    "LEDGER_API_PORT, eighty, LEDGER_API_PORT must be a number from 1 to 65535",
    "LEDGER_API_PORT, 0, LEDGER_API_PORT must be a number from 1 to 65535",
    "LEDGER_WORKERS, -1, LEDGER_WORKERS must be a number from 0 to 64",
    "LEDGER_API_PORT, 5433, port 5433 is meant for both LEDGER_DATABASE_PORT and LEDGER_API_PORT",
    "LEDGER_PROCESSOR_URL, pay.example, LEDGER_PROCESSOR_URL must be a base URL",
    "LEDGER_DATABASE_URL, postgres://db, LEDGER_DATABASE_URL is not jdbc:postgresql:",
  })
  void a_value_that_cannot_be_used_names_its_variable(String name, String value, String message) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value), HERE))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void the_last_worker_needs_a_port_as_well() {
    Map<String, String> variables =
        Map.of("LEDGER_WORKERS", "2", "LEDGER_WORKER_MANAGEMENT_PORT", "65535");
    assertThatThrownBy(() -> Settings.from(variables, HERE))
        .hasMessageContaining("LEDGER_WORKER_MANAGEMENT_PORT");
  }
}
