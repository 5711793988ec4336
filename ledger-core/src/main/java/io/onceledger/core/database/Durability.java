package io.onceledger.core.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Whether what the server acknowledges survives a crash of its machine. A kill of the process
 * cannot show that, so the settings are asked for.
 */
public final class Durability {

  private static final String SETTINGS =
      """
      SELECT name, setting
      FROM pg_settings
      WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
      ORDER BY name
      """;

  private Durability() {}

  /** The settings that are off and must not be, as seen by a session of this pool; empty = safe. */
  public static List<String> missing(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SETTINGS);
        ResultSet rows = statement.executeQuery()) {
      List<String> off = new ArrayList<>();
      while (rows.next()) {
        off.add(rows.getString("name"));
      }
      return off;
    }
  }
}
