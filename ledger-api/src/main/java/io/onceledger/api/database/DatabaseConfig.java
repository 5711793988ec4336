package io.onceledger.api.database;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where the database is, and who logs in: {@code LEDGER_DATABASE_…}. */
@ConfigMapping(prefix = "ledger.database")
interface DatabaseConfig {

  /** {@code jdbc:postgresql://…}, PostgreSQL 15 or newer. */
  String url();

  /** The user of the application. */
  Optional<String> user();

  Optional<String> password();

  /** The owner of the schema, who migrates it; the user of the application when absent. */
  Optional<String> migrationUser();

  Optional<String> migrationPassword();

  /** Sent with every connection: bounds on what a statement may take. */
  String options();
}
