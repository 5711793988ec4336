package io.onceledger.core.charge;

import io.onceledger.core.money.FeeTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A charge as its row was when the transaction locked it. */
public record LockedCharge(
    ChargeRows.Key key,
    Status status,
    long amount,
    String currency,
    FeeTerms feeTerms,
    long amountRefunded,
    int eventCount) {

  static LockedCharge read(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new LockedCharge(
        new ChargeRows.Key(
            row.getObject("merchant_id", UUID.class), row.getObject("id", UUID.class)),
        // Written by a newer version: nothing here may move it, and nobody else waits for it.
        Status.parse(status)
            .orElseThrow(() -> new IllegalStateException("unknown charge status " + status)),
        row.getLong("amount"),
        row.getString("currency"),
        new FeeTerms(row.getInt("fee_basis_points"), row.getLong("fee_fixed")),
        row.getLong("amount_refunded"),
        row.getInt("event_count"));
  }
}
