package io.onceledger.api.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the processor does, which knows the secret of {@link LedgerUnderTest}. */
public final class ProcessorSigner {

  public static final String SECRET = "whsec_" + encoded("the secret of the tests!");

  private ProcessorSigner() {}

  /** The headers of a body that is sent now. */
  public static Map<String, String> headers(String id, byte[] body) {
    return headers(id, Instant.now().getEpochSecond(), body);
  }

  /** The headers of a body that is sent at {@code timestamp}. */
  public static Map<String, String> headers(String id, long timestamp, byte[] body) {
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        "v1," + sign(id + "." + timestamp + ".", body));
  }

  private static String sign(String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
