package io.onceledger.standalone;

import java.util.ArrayList;
import java.util.List;

/** What a person needs to send a first charge. */
final class Welcome {
  private Welcome() {}

  static List<String> lines(Settings settings) {
    String api = "http://127.0.0.1:" + settings.apiPort();
    List<String> lines = new ArrayList<>();
    lines.add("Onceledger is ready");
    lines.add("  API        " + api + " (described at /openapi)");
    lines.add("  health     http://127.0.0.1:" + settings.apiManagementPort() + "/q/health/ready");
    lines.add("  processor  " + settings.processor());
    settings
        .databasePort()
        .ifPresent(
            port ->
                lines.add(
                    "  database   psql 'host=127.0.0.1 port="
                        + port
                        + " user=postgres dbname=ledger'"));
    lines.add("  keys       sk_test_demo, sk_test_acme (merchants), ok_test_operator (operator)");
    lines.add("  data       " + settings.data());
    lines.add("A first charge; send it twice and the card is charged once:");
    lines.add("  curl -s " + api + "/v1/charges \\");
    lines.add("    -H 'Authorization: Bearer sk_test_demo' -H 'Idempotency-Key: first' \\");
    lines.add("    -H 'Content-Type: application/json' \\");
    lines.add(
        "    -d '{\"amount\":10000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"}'");
    return List.copyOf(lines);
  }
}
