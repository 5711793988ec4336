package io.onceledger.core.charge;

import io.onceledger.core.id.Resource;
import io.onceledger.core.money.FeeTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A charge as its row was when the transaction locked it.
 *
 * @param amountReserved what its refunds that are neither declined nor canceled take of it
 * @param eventCount the sequence number of its last event
 * @param processorPayment the processor's id of the payment; null as long as it named none
 * @param disputedEarly whether a dispute has come before it succeeded
 */
public record LockedCharge(
    Resource key,
    Status status,
    long amount,
    String currency,
    FeeTerms feeTerms,
    long amountRefunded,
    long amountReserved,
    int eventCount,
    String processorPayment,
    boolean disputedEarly) {

  static LockedCharge read(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return new LockedCharge(
        Resource.charge(row.getObject("merchant_id", UUID.class), row.getObject("id", UUID.class)),
        // Written by a newer version: nothing here may move it, and nobody else waits for it.
        Status.parse(status)
            .orElseThrow(() -> new IllegalStateException("unknown charge status " + status)),
        row.getLong("amount"),
        row.getString("currency"),
        new FeeTerms(row.getInt("fee_basis_points"), row.getLong("fee_fixed")),
        row.getLong("amount_refunded"),
        row.getLong("amount_reserved"),
        row.getInt("event_count"),
        row.getString("processor_payment"),
        row.getBoolean("disputed_early"));
  }
}
