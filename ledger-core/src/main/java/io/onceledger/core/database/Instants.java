package io.onceledger.core.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads {@code timestamptz} columns, to the microsecond. */
public final class Instants {

  private Instants() {}

  /** The instant in {@code column}; null for NULL. */
  public static Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
