package io.onceledger.core.testing;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.merchant.Merchant;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Deliveries to test with. */
public final class TestCharges {

  private TestCharges() {}

  /**
   * A delivery of {@code amount} USD cents under {@code key}; each call proposes an id of its own.
   */
  public static ChargeDelivery delivery(Merchant merchant, String key, long amount) {
    return delivery(merchant, key, amount, "USD");
  }

  public static ChargeDelivery delivery(
      Merchant merchant, String key, long amount, String currency) {
    return new ChargeDelivery(
        merchant,
        key,
        PublicId.next(),
        new ChargeRequest(amount, currency, "pm_card_visa", null, new TreeMap<>()));
  }

  /** A merchant of {@code database} that pays 2.9 % and 30 cents. */
  public static Merchant merchant(LedgerDatabase database) {
    return new Merchant(
        database.merchant("key-" + PublicId.next(), 290, 30), 290, Map.of("USD", 30L));
  }

  /** Accepts {@code count} charges of 10000 under the keys {@code order-0}, {@code order-1}, …. */
  public static List<Acceptance<ChargeReceipt>> accept(
      LedgerDatabase database, Merchant merchant, int count) throws SQLException {
    return new ChargeAcceptance(database.writer())
        .write(
            IntStream.range(0, count)
                .mapToObj(i -> delivery(merchant, "order-" + i, 10_000))
                .toList());
  }
}
