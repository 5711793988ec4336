package io.onceledger.standalone.database;

import io.onceledger.standalone.process.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The merchants and keys of standalone, {@code seed.sql}. Planting them again changes nothing. */
public final class Seed {
  private Seed() {}

  /**
   * Needs the tables, that is, an API that has been ready.
   *
   * @throws RefusedException if the database refuses
   */
  public static void plant(DatabaseSettings database) {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql());
      connection.commit();
    } catch (SQLException failure) {
      throw new RefusedException("seeding failed: " + failure.getMessage(), failure);
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
