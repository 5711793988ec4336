package io.onceledger.api.sensitive;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.api.problem.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Keeps card data out (PCI DSS, requirement 3): refuses a request that holds any, before anything
 * else is made of its body, so that it is neither stored nor logged nor sent on.
 */
public final class SensitiveData {

  /** Members that are made for card data, whatever they hold. */
  private static final Set<String> CARD_MEMBERS =
      Set.of("card", "card_number", "security_code", "track_data");

  /** Names of what must not be kept even for a moment, wherever they are. */
  private static final Set<String> CODE_MEMBERS = Set.of("cvc", "cvc2", "cvv", "cvv2", "pan");

  private SensitiveData() {}

  /**
   * Looks through all texts and names of {@code body}.
   *
   * @throws Refusal {@code sensitive-data}, naming the place and not the value
   */
  public static void refuse(ObjectNode body) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (CARD_MEMBERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw Refusal.sensitive(JsonPointer.empty().appendProperty(name).toString());
              }
            });
    refuse(JsonPointer.empty(), body);
  }

  /** As {@link #refuse(ObjectNode)}, for one text at a place that is no member. */
  public static void refuse(String place, String text) {
    if (CardNumber.isIn(text)) {
      throw Refusal.sensitive(place);
    }
  }

  private static void refuse(JsonPointer place, JsonNode value) {
    if (value.isTextual()) {
      refuse(place.toString(), value.textValue());
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (CODE_MEMBERS.contains(member.getKey().toLowerCase(Locale.ROOT))) {
        throw Refusal.sensitive(place.appendProperty(member.getKey()).toString());
      }
      // The pointer to a name that is a card number would show it.
      refuse(place.toString(), member.getKey());
      refuse(place.appendProperty(member.getKey()), member.getValue());
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      refuse(place.appendIndex(i), value.get(i));
    }
  }
}
