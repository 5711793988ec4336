package io.onceledger.standalone.database;

import io.onceledger.standalone.process.RefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where the ledger is, and who logs in: the applications as one user, migrations and seed as the
 * owner.
 */
public record DatabaseSettings(String url, Login application, Login owner) {

  /** A password is never shown. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** The embedded server's; it is reached over loopback only, and asks for no password. */
  public static DatabaseSettings embedded(int port) {
    return new DatabaseSettings(
        "jdbc:postgresql://127.0.0.1:" + port + "/ledger",
        new Login("ledger_app", ""),
        new Login("ledger_owner", ""));
  }

  /** What an application needs that only reads and writes. */
  public Map<String, String> applicationEnvironment() {
    return Map.of(
        "LEDGER_DATABASE_URL", url,
        "LEDGER_DATABASE_USER", application.user(),
        "LEDGER_DATABASE_PASSWORD", application.password());
  }

  /** What the application that migrates needs besides. */
  public Map<String, String> ownerEnvironment() {
    return Map.of(
        "LEDGER_DATABASE_MIGRATION_USER", owner.user(),
        "LEDGER_DATABASE_MIGRATION_PASSWORD", owner.password());
  }

  /**
   * Logs in as both users: what is wrong with a database that exists is better told before anything
   * has started.
   *
   * @throws RefusedException with the server's reason
   */
  public void refuseUnreachable() {
    for (Login login : List.of(owner, application)) {
      try (Connection connection = connect(url, login)) {
        connection.clearWarnings();
      } catch (SQLException failure) {
        throw new RefusedException(
            "LEDGER_DATABASE_URL cannot be used: " + failure.getMessage().replaceAll("\\s+", " "),
            failure);
      }
    }
  }

  Connection connectAsOwner() throws SQLException {
    return connect(url, owner);
  }

  /** A user that is not given is one that the URL names, or else the driver's own default. */
  static Connection connect(String url, Login login) throws SQLException {
    Properties properties = new Properties();
    if (!login.user().isEmpty()) {
      properties.setProperty("user", login.user());
    }
    if (!login.password().isEmpty()) {
      properties.setProperty("password", login.password());
    }
    // Of a server that is there; a firewall that drops packets must not hang the launcher.
    properties.setProperty("connectTimeout", "10");
    return DriverManager.getConnection(url, properties);
  }
}
