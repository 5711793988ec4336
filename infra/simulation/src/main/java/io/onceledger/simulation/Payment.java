package io.onceledger.simulation;

/**
 * What the processor has decided about a key.
 *
 * @param at true time
 * @param declineCode null when the card was charged
 * @param earlier what it had decided about the same key before; null as a rule
 */
record Payment(String id, Request request, long at, String declineCode, Payment earlier) {

  boolean tookMoney() {
    return declineCode == null;
  }

  String json() {
    return json(request.amount(), request.reference());
  }

  /** The answer with other contents than are true. */
  String json(long amount, String reference) {
    return ("{\"id\":\"%s\",\"status\":\"%s\",%s\"amount\":%d,\"currency\":\"%s\",\"reference\":\"%s\","
                + "\"merchant_account\":\"%s\",\"idempotency_key\":\"%s\"}")
        .formatted(
            id,
            tookMoney() ? "approved" : "declined",
            tookMoney() ? "" : "\"decline_code\":\"" + declineCode + "\",",
            amount,
            request.currency(),
            reference,
            request.merchantAccount(),
            request.key());
  }
}
