package io.onceledger.worker.crashpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/** Ends sessions on the server, and returns when their locks are gone. Any thread. */
final class Sessions implements AutoCloseable {

  private final Connection superuser;
  private final Set<Connection> ended = ConcurrentHashMap.newKeySet();

  Sessions(Connection superuser) {
    this.superuser = superuser;
  }

  /** Ends the session of this connection, which need not know. */
  synchronized void end(Connection connection) {
    ended.add(connection);
    try (PreparedStatement statement =
        superuser.prepareStatement("SELECT pg_terminate_backend(?, 10000)")) {
      statement.setInt(1, connection.unwrap(PGConnection.class).getBackendPID());
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it was ended here. */
  boolean hasEnded(Connection connection) {
    return ended.contains(connection);
  }

  @Override
  public synchronized void close() throws SQLException {
    superuser.close();
  }
}
