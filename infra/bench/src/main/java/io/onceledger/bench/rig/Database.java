package io.onceledger.bench.rig;

import io.onceledger.standalone.demo.GivenUpException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database as its superuser sees it, from whom no policy hides anything. For one thread. */
public final class Database implements AutoCloseable {
  private static final String OPEN = "SELECT count(*) FROM outbox_message WHERE step <> 'parked'";

  private static final String WRITTEN =
      "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

  private final int port;
  private final Connection connection;

  private Database(int port, Connection connection) {
    this.port = port;
    this.connection = connection;
  }

  static Database open(int port) throws SQLException {
    return new Database(port, connect(port));
  }

  /** Another one, for another thread. */
  public Database another() {
    try {
      return open(port);
    } catch (SQLException failure) {
      throw gone(failure);
    }
  }

  /** A connection of the caller's own. */
  public static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/ledger?user=postgres&ApplicationName=bench");
  }

  /** Messages that the workers still have to do something about. */
  public long open() {
    return number(OPEN).longValue();
  }

  /** Bytes of write-ahead log since the beginning. */
  public double written() {
    return number(WRITTEN).doubleValue();
  }

  /** The first column of the only row; 0 if it is null. */
  public Number number(String query, Object... parameters) {
    List<double[]> rows = rows(query, 1, parameters);
    return rows.get(0)[0];
  }

  public String text(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failure) {
      throw gone(failure);
    }
  }

  public List<String> texts(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException failure) {
      throw gone(failure);
    }
  }

  /** Numbers of all rows. */
  public List<double[]> rows(String query, int columns, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      set(statement, parameters);
      List<double[]> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          double[] row = new double[columns];
          for (int i = 0; i < columns; i++) {
            row[i] = rows.getDouble(i + 1);
          }
          found.add(row);
        }
      }
      return found;
    } catch (SQLException failure) {
      throw gone(failure);
    }
  }

  public void run(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      statement.execute();
    } catch (SQLException failure) {
      throw gone(failure);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // which is what was wanted
    }
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  private static GivenUpException gone(SQLException failure) {
    return new GivenUpException("the database does not answer: " + failure.getMessage());
  }
}
