package io.onceledger.core.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Plans of statements, as lines of {@code EXPLAIN}. */
public final class Explain {

  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private Explain() {}

  /** The plan that serves any parameters, on a connection that makes such plans. */
  public static List<String> anyParameters(Connection connection, String sql) throws SQLException {
    AtomicInteger parameters = new AtomicInteger();
    String numbered =
        PARAMETER.matcher(sql).replaceAll(any -> "\\$" + parameters.incrementAndGet());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PREPARE explained AS " + numbered);
      List<String> lines =
          executed(
              statement,
              "explained",
              String.join(", ", Collections.nCopies(parameters.get(), "NULL")));
      statement.execute("DEALLOCATE explained");
      return lines;
    }
  }

  /** The plan of a statement that was prepared before. */
  public static List<String> executed(Statement statement, String prepared, String parameters)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("EXPLAIN EXECUTE %s (%s)".formatted(prepared, parameters))) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }
}
