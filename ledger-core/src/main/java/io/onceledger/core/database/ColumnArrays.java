package io.onceledger.core.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Binds rows to the parameters of {@code unnest(?, ?, …)}, column by column in the order of the
 * calls. One SQL text then serves every number of rows, which keeps it prepared on the server.
 */
public final class ColumnArrays<T> {

  private final PreparedStatement statement;
  private final Connection connection;
  private final List<T> rows;
  private int parameter;

  public ColumnArrays(PreparedStatement statement, List<T> rows) throws SQLException {
    this(statement, rows, 1);
  }

  /**
   * Begins after other parameters.
   *
   * @param first the parameter that the first column is bound to
   */
  public ColumnArrays(PreparedStatement statement, List<T> rows, int first) throws SQLException {
    this.statement = statement;
    this.connection = statement.getConnection();
    this.rows = rows;
    this.parameter = first - 1;
  }

  public ColumnArrays<T> uuids(Function<T, UUID> column) throws SQLException {
    return bind("uuid", rows.stream().map(column).toArray(UUID[]::new));
  }

  public ColumnArrays<T> texts(Function<T, String> column) throws SQLException {
    return bind("text", rows.stream().map(column).toArray(String[]::new));
  }

  public ColumnArrays<T> longs(ToLongFunction<T> column) throws SQLException {
    return bind("int8", rows.stream().map(column::applyAsLong).toArray(Long[]::new));
  }

  /** As {@link #longs}, with null for an absent number. */
  public ColumnArrays<T> nullableLongs(Function<T, Long> column) throws SQLException {
    return bind("int8", rows.stream().map(column).toArray(Long[]::new));
  }

  public ColumnArrays<T> ints(ToIntFunction<T> column) throws SQLException {
    return bind("int4", rows.stream().map(column::applyAsInt).toArray(Integer[]::new));
  }

  /** As {@link #ints}, with null for an absent number. */
  public ColumnArrays<T> nullableInts(Function<T, Integer> column) throws SQLException {
    return bind("int4", rows.stream().map(column).toArray(Integer[]::new));
  }

  public ColumnArrays<T> booleans(Function<T, Boolean> column) throws SQLException {
    return bind("bool", rows.stream().map(column).toArray(Boolean[]::new));
  }

  public ColumnArrays<T> bytes(Function<T, byte[]> column) throws SQLException {
    return bind("bytea", rows.stream().map(column).toArray(byte[][]::new));
  }

  /** Instants to the microsecond; {@link Instant#MAX} is infinity. */
  public ColumnArrays<T> instants(Function<T, Instant> column) throws SQLException {
    return bind("text", rows.stream().map(column).map(Instants::text).toArray());
  }

  private ColumnArrays<T> bind(String type, Object[] values) throws SQLException {
    statement.setArray(++parameter, connection.createArrayOf(type, values));
    return this;
  }
}
