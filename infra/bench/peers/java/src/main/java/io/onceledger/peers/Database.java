package io.onceledger.peers;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The database that the peers share, each in a schema of its own, one at a time.
 *
 * @param password empty if none is needed
 */
record Database(String host, int port, String name, String user, String password) {
  private static final int USUAL_PORT = 5432;

  private static final String DUPLICATE_SCHEMA = "42P06";

  /** Reads {@code postgres://user:password@host:port/name}; {@code postgresql} will do as well. */
  static Database parse(URI url) {
    boolean ours = "postgres".equals(url.getScheme()) || "postgresql".equals(url.getScheme());
    String path = Optional.ofNullable(url.getPath()).orElse("");
    if (!ours || url.getHost() == null || url.getRawUserInfo() == null || path.length() < 2) {
      throw new IllegalArgumentException("not the URL of a database");
    }
    String[] user = url.getRawUserInfo().split(":", 2);
    return new Database(
        url.getHost(),
        url.getPort() < 0 ? USUAL_PORT : url.getPort(),
        path.substring(1),
        decoded(user[0]),
        user.length == 2 ? decoded(user[1]) : "");
  }

  String jdbcUrl(String schema) {
    return "jdbc:postgresql://%s:%d/%s?currentSchema=%s".formatted(host, port, name, schema);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl("public"), user, password);
  }

  String version() throws SQLException {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  /** Fails if there is one of this name: what is in it was not made by this run. */
  void createSchema(String schema) throws SQLException {
    try {
      execute("CREATE SCHEMA " + schema);
    } catch (SQLException failure) {
      if (DUPLICATE_SCHEMA.equals(failure.getSQLState())) {
        throw new SQLException(
            "the database has a schema " + schema + " already: drop it, or give an empty database",
            failure);
      }
      throw failure;
    }
  }

  void dropSchema(String schema) throws SQLException {
    execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }

  /** Between filling and draining: statistics as after a while of use, and no checkpoint due. */
  void settle() throws SQLException {
    execute("VACUUM ANALYZE");
    execute("CHECKPOINT");
  }

  boolean holds(String condition) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + condition)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
