package io.onceledger.core.merchant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * Finds callers by their keys. The look-up is by SHA-256 of the key, so that its time tells nothing
 * about the key. One statement; needs the writer role.
 */
public final class ApiKeys {

  private static final String FIND =
      """
      SELECT k.role, m.id, m.fee_basis_points, m.fee_fixed
      FROM api_key AS k
      LEFT JOIN merchant AS m ON m.id = k.merchant_id
      WHERE k.hash = decode(?, 'hex') AND k.revoked_at IS NULL
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

  /** The caller whose key has this hash; empty for one that was never given out or is revoked. */
  public Optional<Caller> find(String hash) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, hash);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(caller(row)) : Optional.empty();
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
      case "operator" -> new Caller.OperatorCaller();
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
