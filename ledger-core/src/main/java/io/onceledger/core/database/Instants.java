package io.onceledger.core.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads and writes {@code timestamptz} columns, to the microsecond. */
public final class Instants {

  private Instants() {}

  /** The instant in {@code column}; null for NULL. */
  public static Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** For a parameter that is cast to {@code timestamptz}; {@link Instant#MAX} is infinity. */
  public static String text(Instant instant) {
    return instant.equals(Instant.MAX) ? "infinity" : instant.toString();
  }
}
