package io.onceledger.core.refund;

import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A refund as its row was when the transaction locked it, or rather its charge. */
public record LockedRefund(Resource key, Status status, long amount) {

  static LockedRefund read(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new LockedRefund(
        Resource.refund(
            row.getObject("merchant_id", UUID.class),
            row.getObject("charge_id", UUID.class),
            row.getObject("id", UUID.class)),
        // Written by a newer version: nothing here may move it, and nobody else waits for it.
        Status.parse(status)
            .orElseThrow(() -> new IllegalStateException("unknown refund status " + status)),
        row.getLong("amount"));
  }
}
