package io.onceledger.bench.load;

import java.util.List;

/**
 * What clients do.
 *
 * @param connections at most, kept open
 * @param rate charges a second, whatever the answers; 0: each connection sends its next one when it
 *     has the answer to the last
 * @param warmupSeconds before what counts; open loop only
 * @param seconds that count
 * @param run eight characters, another one for each run
 * @param merchants their keys, taken in turn
 * @param gate a file that holds the milliseconds to pause before each request, read again and
 *     again; empty for none
 */
public record Load(
    int port,
    int connections,
    int rate,
    int warmupSeconds,
    int seconds,
    Keys keys,
    String run,
    List<String> merchants,
    String gate) {
  /** What every charge asks for; the seeded charges ask for the same. */
  static final String BODY =
      "{\"amount\":1000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"}";

  public Load {
    merchants = List.copyOf(merchants);
  }
}
