package io.onceledger.core.merchant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.core.database.Instants;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.PublicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Makes merchants and their keys. Each method is one transaction of one or two statements; a key is
 * in its result once, and stored nowhere. Needs the operator role.
 */
public final class Merchants {

  private static final String ADD_MERCHANT =
      """
      INSERT INTO merchant (id, name, fee_basis_points, fee_fixed)
      VALUES (?, ?, ?, ?::jsonb)
      RETURNING created_at
      """;

  private static final String ADD_KEY =
      """
      INSERT INTO api_key (id, hash, role, merchant_id, hint)
      SELECT ?, decode(?, 'hex'), 'merchant', m.id, ?
      FROM merchant AS m
      WHERE m.id = ?
      RETURNING id, hint, created_at, revoked_at
      """;

  private static final String KEYS =
      """
      SELECT id, hint, created_at, revoked_at
      FROM api_key
      WHERE merchant_id = ?
      ORDER BY created_at DESC, id
      """;

  /** Only ever earlier: what is revoked does not come back, and is not replaced either. */
  private static final String REVOKE =
      """
      UPDATE api_key
      SET revoked_at = least(revoked_at, now() + ? * interval '1 second')
      WHERE id = ? AND merchant_id = ?
        AND (NOT ?::boolean OR revoked_at IS NULL OR revoked_at > now())
      RETURNING id, hint, created_at, revoked_at
      """;

  /** What was made, with the key that is shown once. */
  public record NewMerchant(Merchant merchant, String name, Instant createdAt, NewKey key) {}

  /** A key that was just made. */
  public record NewKey(String secret, KnownKey key) {}

  /**
   * A key without its secret.
   *
   * @param hint its last characters
   * @param revokedAt from when on it is refused; null for never
   */
  public record KnownKey(UUID id, String hint, Instant createdAt, Instant revokedAt) {}

  private final DataSource dataSource;
  private final ObjectMapper json = new ObjectMapper();

  public Merchants(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Adds a merchant with a first key. */
  public NewMerchant add(String name, int feeBasisPoints, Map<String, Long> feeFixed)
      throws SQLException {
    Merchant merchant = new Merchant(PublicId.next(), feeBasisPoints, feeFixed);
    return Transactions.run(
        dataSource,
        connection ->
            new NewMerchant(
                merchant,
                name,
                insert(connection, merchant, name),
                addKey(connection, merchant.id()).orElseThrow()));
  }

  /** Adds a key beside those that the merchant has; empty when there is no such merchant. */
  public Optional<NewKey> addKey(UUID merchant) throws SQLException {
    return Transactions.run(dataSource, connection -> addKey(connection, merchant));
  }

  /**
   * Adds a key in the place of another one, which is refused after {@code overlap}; empty when the
   * merchant has no such key, or it is refused already.
   */
  public Optional<NewKey> rotateKey(UUID merchant, UUID key, Duration overlap) throws SQLException {
    return Transactions.run(
        dataSource,
        connection ->
            revoke(connection, merchant, key, overlap, true).isPresent()
                ? addKey(connection, merchant)
                : Optional.empty());
  }

  /** Has a key refused from now on; empty when the merchant has no such key. */
  public Optional<KnownKey> revokeKey(UUID merchant, UUID key) throws SQLException {
    return Transactions.run(
        dataSource, connection -> revoke(connection, merchant, key, Duration.ZERO, false));
  }

  /** The merchant's keys, revoked ones too, newest first. */
  public List<KnownKey> keys(UUID merchant) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setObject(1, merchant);
      try (ResultSet rows = statement.executeQuery()) {
        List<KnownKey> keys = new ArrayList<>();
        while (rows.next()) {
          keys.add(key(rows));
        }
        return keys;
      }
    }
  }

  private Instant insert(Connection connection, Merchant merchant, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADD_MERCHANT)) {
      statement.setObject(1, merchant.id());
      statement.setString(2, name);
      statement.setInt(3, merchant.feeBasisPoints());
      statement.setString(4, json.writeValueAsString(merchant.feeFixed()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Instants.read(row, "created_at");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("numbers by currency can always be written", e);
    }
  }

  private static Optional<NewKey> addKey(Connection connection, UUID merchant) throws SQLException {
    String secret = ApiKeys.newSecret();
    try (PreparedStatement statement = connection.prepareStatement(ADD_KEY)) {
      statement.setObject(1, PublicId.next());
      statement.setString(2, ApiKeys.hash(secret));
      statement.setString(3, ApiKeys.hint(secret));
      statement.setObject(4, merchant);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(new NewKey(secret, key(row))) : Optional.empty();
      }
    }
  }

  private static Optional<KnownKey> revoke(
      Connection connection, UUID merchant, UUID key, Duration after, boolean onlyIfValid)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REVOKE)) {
      statement.setLong(1, after.toSeconds());
      statement.setObject(2, key);
      statement.setObject(3, merchant);
      statement.setBoolean(4, onlyIfValid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(key(row)) : Optional.empty();
      }
    }
  }

  private static KnownKey key(ResultSet row) throws SQLException {
    return new KnownKey(
        row.getObject("id", UUID.class),
        row.getString("hint"),
        Instants.read(row, "created_at"),
        Instants.read(row, "revoked_at"));
  }
}
