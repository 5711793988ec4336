package io.onceledger.core.database;

import java.sql.SQLException;

/** What an error of the database means for the one who asked. */
public enum SqlFailure {
  /** A lock could not be had in time: someone else is at the same row. */
  LOCKED,
  /** Given up in favour of others, or for taking too long: ask again, or for less at once. */
  CONTENDED,
  /** The database cannot serve now, or cannot say what it did: ask again. */
  UNAVAILABLE,
  /** The statement or its data is wrong: asking again does not help. */
  WRONG;

  /** Reads the SQLSTATE (PostgreSQL appendix A); one without a state comes from the pool. */
  public static SqlFailure of(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return UNAVAILABLE;
    }
    if (state.equals("55P03")) {
      return LOCKED;
    }
    if (state.equals("57014") || state.startsWith("40")) {
      return CONTENDED;
    }
    return switch (state.substring(0, 2)) {
      // Connection, resources, operator (shutdown), system (disk), read-only after a failover.
      case "08", "53", "57", "58", "25" -> UNAVAILABLE;
      default -> WRONG;
    };
  }
}
