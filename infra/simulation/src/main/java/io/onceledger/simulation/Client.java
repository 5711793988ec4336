package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.merchant.Merchant;
import java.util.TreeMap;

/**
 * Someone with one intent and one key. Sends until it is answered; sometimes twice at once, again
 * long afterwards, or, against the rules, with another body.
 */
final class Client {

  private static final long PATIENCE = 2_000;

  private final World world;
  private final Merchant merchant;
  private final String key;
  private final ChargeRequest request;
  private boolean answered;

  Client(World world, Merchant merchant, String key) {
    this.world = world;
    this.merchant = merchant;
    this.key = key;
    long kind = world.chance.between(0, 19);
    String currency = kind == 0 ? "XTS" : kind < 6 ? "EUR" : "USD";
    this.request = request(world.chance.between(1, 100_000), currency);
  }

  void start() {
    if (world.chance.strikes(Fault.CLIENT_SENDS_ANOTHER_BODY)) {
      deliver(request(request.amount() + 1, request.currency()));
    }
    if (world.chance.strikes(Fault.CLIENT_SENDS_TWICE_AT_ONCE)) {
      deliver(request);
    }
    insist();
  }

  /** Whether it knows what its key stands for. */
  boolean isAnswered() {
    return answered;
  }

  private void insist() {
    if (!answered) {
      deliver(request);
      world.schedule.in(PATIENCE, this::insist);
    }
  }

  private void deliver(ChargeRequest body) {
    ChargeDelivery delivery = new ChargeDelivery(merchant, key, world.chance.id(), body);
    if (world.chance.strikes(Fault.REQUEST_TO_API_LOST)) {
      return;
    }
    Api api = world.anyApi();
    world.schedule.in(
        world.chance.between(1, 50),
        () -> api.submit(delivery, acceptance -> answer(delivery, acceptance)));
  }

  private void answer(ChargeDelivery delivery, Acceptance<ChargeReceipt> acceptance) {
    if (world.chance.strikes(Fault.RECEIPT_LOST)) {
      return;
    }
    world.receipts.acknowledged(delivery, acceptance);
    answered |= delivery.request().equals(request);
    if (world.chance.strikes(Fault.CLIENT_REPEATS_LATER)) {
      world.schedule.in(world.chance.between(1, 120_000), () -> deliver(request));
    }
  }

  private static ChargeRequest request(long amount, String currency) {
    return new ChargeRequest(amount, currency, "pm_card_visa", null, new TreeMap<>());
  }
}
