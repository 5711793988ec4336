package io.onceledger.api.charge;

import io.onceledger.api.json.JsonBody;
import io.onceledger.api.json.JsonFields;
import io.onceledger.core.charge.ChargeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;

/** Bodies of charges: read as production reads them, and written in every way JSON has. */
final class ChargeBodies {

  private static final String BLANKS = " \t\r\n";

  private ChargeBodies() {}

  /** What the resource makes of {@code body}. */
  static ChargeRequest read(byte[] body) {
    HttpHeadersImpl headers =
        new HttpHeadersImpl(List.of(Map.entry("Content-Type", "application/json")));
    return ChargeBody.read(new JsonFields(JsonBody.read(headers, body)));
  }

  /** One of the many spellings of {@code request}. */
  static byte[] write(ChargeRequest request, Random random) {
    List<String> members = new ArrayList<>();
    members.add(member("amount", String.valueOf(request.amount()), random));
    members.add(member("currency", text(request.currency(), random), random));
    members.add(member("payment_method", text(request.paymentMethod(), random), random));
    if (request.description() != null) {
      members.add(member("description", text(request.description(), random), random));
    } else if (random.nextBoolean()) {
      members.add(member("description", "null", random));
    }
    if (!request.metadata().isEmpty() || random.nextInt(3) == 0) {
      members.add(member("metadata", metadata(request, random), random));
    } else if (random.nextBoolean()) {
      members.add(member("metadata", "null", random));
    }
    return spaced(object(members, random), random).getBytes(StandardCharsets.UTF_8);
  }

  private static String metadata(ChargeRequest request, Random random) {
    return object(
        request.metadata().entrySet().stream()
            .map(entry -> member(entry.getKey(), text(entry.getValue(), random), random))
            .collect(Collectors.toCollection(ArrayList::new)),
        random);
  }

  private static String object(List<String> members, Random random) {
    Collections.shuffle(members, random);
    return "{" + String.join(spaced(",", random), members) + spaced("}", random);
  }

  private static String member(String name, String value, Random random) {
    return spaced(text(name, random), random) + ":" + spaced(value, random);
  }

  private static String spaced(String token, Random random) {
    return blanks(random) + token + blanks(random);
  }

  private static String blanks(Random random) {
    return random
        .ints(random.nextInt(3), 0, BLANKS.length())
        .mapToObj(i -> BLANKS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /** RFC 8259, section 7: any character may be escaped, and few must be. */
  private static String text(String value, Random random) {
    int oftenEscaped = 1 + random.nextInt(5); // one in so many characters
    StringBuilder text = new StringBuilder("\"");
    boolean escaped = false;
    for (int i = 0; i < value.length(); i++) {
      // Both halves of a pair alike: one half alone has no UTF-8.
      if (!Character.isLowSurrogate(value.charAt(i))) {
        escaped = random.nextInt(oftenEscaped) == 0;
      }
      text.append(character(value.charAt(i), escaped, random));
    }
    return text.append('"').toString();
  }

  private static String character(char c, boolean escaped, Random random) {
    int named = "\"\\/\b\f\n\r\t".indexOf(c);
    if (named >= 0 && random.nextBoolean()) {
      return "\\" + "\"\\/bfnrt".charAt(named);
    }
    if (escaped || c < ' ' || c == '"' || c == '\\') {
      return (random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c);
    }
    return String.valueOf(c);
  }
}
