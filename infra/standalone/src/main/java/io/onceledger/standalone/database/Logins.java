package io.onceledger.standalone.database;

import io.onceledger.standalone.database.DatabaseSettings.Login;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database {@code ledger} and who may log in: {@code ledger_owner} migrates, {@code ledger_app}
 * is what the applications are. Neither is a superuser; what ledger_app may do is the migrations'
 * business.
 */
final class Logins {
  private static final Login SUPERUSER = new Login("postgres", "");

  private Logins() {}

  /** Creates what is missing; each step alone can be repeated after a crash. */
  static void create(String superuserUrl) throws SQLException {
    try (Connection connection = DatabaseSettings.connect(superuserUrl, SUPERUSER);
        Statement statement = connection.createStatement()) {
      if (absent(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'ledger_owner'")) {
        // CREATEROLE: the migrations create the roles that the applications take on.
        statement.execute("CREATE ROLE ledger_owner LOGIN CREATEROLE");
      }
      if (absent(statement, "SELECT 1 FROM pg_roles WHERE rolname = 'ledger_app'")) {
        statement.execute("CREATE ROLE ledger_app LOGIN");
      }
      if (absent(statement, "SELECT 1 FROM pg_database WHERE datname = 'ledger'")) {
        statement.execute("CREATE DATABASE ledger OWNER ledger_owner");
      }
    }
  }

  private static boolean absent(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }
}
