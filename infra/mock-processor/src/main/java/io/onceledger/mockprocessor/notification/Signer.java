package io.onceledger.mockprocessor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks says, version 1: HMAC-SHA256 over id, timestamp and body, joined by
 * full stops. With several secrets, as in a rotation, it gives a signature by each.
 */
public final class Signer {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";

  /** What the standard allows: 192 to 512 bits. */
  private static final int FEWEST_BYTES = 24;

  private static final int MOST_BYTES = 64;

  private final List<SecretKeySpec> keys;

  private Signer(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * Reads secrets that commas separate.
   *
   * @throws IllegalArgumentException if one is none; the message does not repeat it
   */
  public static Signer of(String secrets) {
    return new Signer(Arrays.stream(secrets.split(",", -1)).map(Signer::key).toList());
  }

  /** The value of {@code webhook-signature}. */
  String sign(String id, String timestamp, byte[] body) {
    byte[] head = (id + '.' + timestamp + '.').getBytes(UTF_8);
    return keys.stream().map(key -> "v1," + hmac(key, head, body)).collect(Collectors.joining(" "));
  }

  private static String hmac(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static SecretKeySpec key(String secret) {
    String text = secret.strip();
    byte[] bytes =
        text.startsWith(PREFIX)
            ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
            : new byte[0];
    if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a secret is whsec_ and base64 of 24 to 64 bytes");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }
}
