package io.onceledger.api.testing;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.UUID;

/** Charges that nobody can find out about. */
public final class Parking {

  private Parking() {}

  /** A new charge of the first merchant, in review; its id. */
  public static String parkedCharge(LedgerDatabase database, String reason) throws SQLException {
    String charge = Requests.charge(Requests.newKey(), Requests.GOOD).path("id");
    new TestWorker(database).park(uuid(charge), reason);
    return charge;
  }

  /** The id of the charge as the database has it. */
  public static UUID uuid(String charge) {
    return PublicId.CHARGE.parse(charge).orElseThrow();
  }
}
