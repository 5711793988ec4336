package io.onceledger.core.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Reads and writes {@code timestamptz} columns, to the microsecond. */
public final class Instants {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private Instants() {}

  /** The instant in {@code column}; null for NULL. */
  public static Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * Whether it has a year of RFC 3339 in UTC, from 1 to 9999: others JSON and PostgreSQL write
   * otherwise, if at all. A zone may lead out of them.
   */
  public static boolean isWritable(Instant instant) {
    return !instant.isBefore(EARLIEST) && instant.isBefore(TOO_LATE);
  }

  /** The database knows microseconds, and rounds: it would move a bound past a row. */
  public static Instant roundedUp(Instant instant) {
    Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
    return micros.equals(instant) ? instant : micros.plus(1, ChronoUnit.MICROS);
  }

  /**
   * For a parameter that is cast to {@code timestamptz}; what has a year of five digits, such as
   * {@link Instant#MAX}, is infinity; null for null.
   */
  public static String text(Instant instant) {
    if (instant == null) {
      return null;
    }
    return instant.isBefore(TOO_LATE) ? instant.toString() : "infinity";
  }
}
