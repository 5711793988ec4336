package io.onceledger.api.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Has Flyway migrate as the owner of the schema, who is not the user of the application. */
@Singleton
class Migrations implements FlywayConfigurationCustomizer {

  private final DatabaseConfig database;

  Migrations(DatabaseConfig database) {
    this.database = database;
  }

  @Override
  public void customize(FluentConfiguration flyway) {
    flyway
        .dataSource(
            database.url(),
            database.migrationUser().or(database::user).orElse(null),
            database.migrationPassword().or(database::password).orElse(null))
        .placeholders(Map.of("application_user", database.user().orElse("")));
  }
}
