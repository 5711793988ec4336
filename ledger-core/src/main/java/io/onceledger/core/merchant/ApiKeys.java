package io.onceledger.core.merchant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Finds callers by their keys. The look-up is by the first bytes of SHA-256 of the key, and the
 * whole is compared in constant time, so that neither tells anything about the key. One statement;
 * needs the writer role.
 */
public final class ApiKeys {

  private static final String FIND =
      """
      SELECT k.hash, k.role, k.id AS key_id, m.id, m.fee_basis_points, m.fee_fixed
      FROM api_key AS k
      LEFT JOIN merchant AS m ON m.id = k.merchant_id
      WHERE substring(k.hash FROM 1 FOR 8) = substring(?::bytea FROM 1 FOR 8)
        AND (k.revoked_at IS NULL OR k.revoked_at > now())
      """;

  private static final TypeReference<Map<String, Long>> FEES = new TypeReference<>() {};

  private final DataSource dataSource;
  private final ObjectMapper json = new ObjectMapper();

  public ApiKeys(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is stored of {@code key}, in hexadecimal. */
  public static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A new merchant's key: 256 bits that nobody can guess. */
  static String newSecret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return "sk_live_" + HexFormat.of().formatHex(random);
  }

  /** The last characters of a key, to tell it from others. */
  static String hint(String key) {
    return key.substring(key.length() - 4);
  }

  /** The caller whose key has this hash; empty for one that was never given out or is revoked. */
  public Optional<Caller> find(String hash) throws SQLException {
    byte[] wanted = HexFormat.of().parseHex(hash);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setBytes(1, wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (MessageDigest.isEqual(rows.getBytes("hash"), wanted)) {
            return Optional.of(caller(rows));
          }
        }
        return Optional.empty();
      }
    }
  }

  private Caller caller(ResultSet row) throws SQLException {
    return switch (row.getString("role")) {
      case "merchant" ->
          new Caller.MerchantCaller(
              new Merchant(
                  row.getObject("id", UUID.class),
                  row.getInt("fee_basis_points"),
                  fees(row.getString("fee_fixed"))));
      case "operator" -> new Caller.OperatorCaller(row.getObject("key_id", UUID.class));
      default -> throw new IllegalStateException("api_key with an unknown role");
    };
  }

  private Map<String, Long> fees(String text) {
    try {
      return json.readValue(text, FEES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("merchant.fee_fixed does not map currencies to numbers", e);
    }
  }
}
