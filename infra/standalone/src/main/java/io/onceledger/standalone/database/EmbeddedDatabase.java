package io.onceledger.standalone.database;

import io.onceledger.postgres.EmbeddedPostgresServer;
import io.onceledger.postgres.PostgresUnavailableException;
import io.onceledger.standalone.process.Instance;
import io.onceledger.standalone.process.RefusedException;
import io.onceledger.standalone.process.Service;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The embedded PostgreSQL, with the database and its two logins: ready as soon as started. */
public record EmbeddedDatabase(Path data, int port, Path log) implements Service {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String where() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Instance start() {
    try {
      EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, port, log);
      try {
        Logins.create(server.jdbcUrl("postgres"));
        return new Running(server, log);
      } catch (SQLException failure) {
        server.close();
        throw new RefusedException("postgres did not start: " + failure.getMessage(), failure);
      }
    } catch (PostgresUnavailableException failure) {
      throw new RefusedException(failure.getMessage() + " (see " + log + ")", failure);
    }
  }

  private record Running(EmbeddedPostgresServer server, Path log) implements Instance {
    @Override
    public ProcessHandle process() {
      return server.process();
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public Duration patience() {
      return Duration.ZERO;
    }

    @Override
    public void stop() {
      server.close();
    }

    @Override
    public String ending() {
      return "ended (see " + log + ")";
    }
  }
}
