package io.onceledger.standalone.database;

import io.onceledger.standalone.process.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The merchants and keys of standalone, {@code seed.sql}. Planting them again changes nothing. */
public final class Seed {

  /** Whoever has merchants, and not ours (seed.sql), has them from elsewhere. */
  private static final String IS_SOMEBODY_ELSES =
      """
      SELECT count(*) > 0
        AND count(*) FILTER (WHERE id = '01980000-0000-7000-8000-00000000d300') = 0
      FROM merchant
      """;

  private Seed() {}

  /**
   * Needs the tables, that is, an API that has been ready.
   *
   * @throws RefusedException if the database refuses, or has a ledger that is somebody else's: the
   *     keys are public, and one of them is an operator's
   */
  public static void plant(DatabaseSettings database) {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      refuseSomebodyElses(statement);
      statement.execute(sql());
      connection.commit();
    } catch (SQLException failure) {
      throw new RefusedException("seeding failed: " + failure.getMessage(), failure);
    }
  }

  private static void refuseSomebodyElses(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(IS_SOMEBODY_ELSES)) {
      row.next();
      if (row.getBoolean(1)) {
        throw new RefusedException(
            "the database has merchants of its own, and would get keys that everybody knows, an"
                + " operator's among them: point LEDGER_DATABASE_URL to an empty database");
      }
    }
  }

  private static String sql() {
    try (InputStream sql = Seed.class.getResourceAsStream("seed.sql")) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
