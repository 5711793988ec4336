package io.onceledger.conformance.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a charge as text, so that what no JSON library would write can be sent, too. */
final class ChargeJson {

  /** 1.00 USD: enough to be more than any fee, and little if it really is charged. */
  static final String GOOD = with();

  private ChargeJson() {}

  /** The good charge with members replaced or added: names in turn with values that are JSON. */
  static String with(String... namesAndValues) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("amount", "100");
    members.put("currency", "\"USD\"");
    members.put("payment_method", "\"pm_card_visa\"");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return object(members);
  }

  static String without(String name) {
    return GOOD.replaceFirst("\"" + name + "\":[^,}]*,?", "").replace(",}", "}");
  }

  private static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
