package io.onceledger.api.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the processor's requests from all others, as Standard Webhooks 1.0 says (signature version
 * 1): HMAC-SHA256 over id, timestamp and raw body, joined by full stops. Several secrets may be
 * valid at a time, and a request may carry several signatures, so that a secret can be changed
 * without losing a notification; one that matches is enough. May be used from any thread.
 */
final class WebhookSignature {
  /** How far from ours the sender's clock may be, and how long a recorded request can be used. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";
  private static final String SECRET_PREFIX = "whsec_";

  /** What the standard allows: 192 to 512 bits. */
  private static final int FEWEST_SECRET_BYTES = 24;

  private static final int MOST_SECRET_BYTES = 64;

  /** Visible, and without the full stop, which would leave open where the timestamp begins. */
  private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,255}");

  /** Seconds since 1970, written in one way only, until long after the year 5000. */
  private static final Pattern TIMESTAMP = Pattern.compile("0|[1-9][0-9]{0,10}");

  private final List<SecretKeySpec> secrets;
  private final Clock clock;

  private WebhookSignature(List<SecretKeySpec> secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** What became of it. Whoever sent a request is not told which of the last three it was. */
  enum Verdict {
    GENUINE,
    /** A header is missing, there twice, or not what the standard says. */
    MALFORMED,
    /** Signed too long ago, or in the future. */
    OUT_OF_TIME,
    /** No signature by a secret of ours. */
    FORGED
  }

  /**
   * Accepts what is signed with any of these.
   *
   * @param secrets {@code whsec_} and base64 of 24 to 64 bytes each, separated by commas
   * @throws IllegalArgumentException if one is none; the message does not repeat it
   */
  static WebhookSignature by(String secrets, Clock clock) {
    return new WebhookSignature(
        Arrays.stream(secrets.split(",", -1)).map(WebhookSignature::secret).toList(), clock);
  }

  /**
   * Judges a request.
   *
   * @param ids the lines of {@code webhook-id} as they came; null for none
   * @param timestamps those of {@code webhook-timestamp}
   * @param signatures those of {@code webhook-signature}
   * @param body its bytes as they came
   */
  Verdict verify(List<String> ids, List<String> timestamps, List<String> signatures, byte[] body) {
    if (!isOne(ids) || !isOne(timestamps) || !isOne(signatures)) {
      return Verdict.MALFORMED;
    }
    String id = ids.get(0);
    String timestamp = timestamps.get(0);
    if (!ID.matcher(id).matches() || !TIMESTAMP.matcher(timestamp).matches()) {
      return Verdict.MALFORMED;
    }
    if (!isInTime(Instant.ofEpochSecond(Long.parseLong(timestamp)))) {
      return Verdict.OUT_OF_TIME;
    }
    byte[] head = (id + '.' + timestamp + '.').getBytes(StandardCharsets.US_ASCII);
    return isSigned(signatures.get(0), head, body) ? Verdict.GENUINE : Verdict.FORGED;
  }

  private boolean isInTime(Instant signedAt) {
    return Duration.between(signedAt, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  /** Compares every signature with every one that it might be, each in constant time. */
  private boolean isSigned(String signatures, byte[] head, byte[] body) {
    List<byte[]> expected = secrets.stream().map(secret -> sign(secret, head, body)).toList();
    boolean signed = false;
    for (String signature : signatures.split(" ", -1)) {
      byte[] given = signature.getBytes(StandardCharsets.UTF_8);
      for (byte[] one : expected) {
        signed |= MessageDigest.isEqual(one, given);
      }
    }
    return signed;
  }

  /** As it is written in the header; base64 has one spelling only that way. */
  private static byte[] sign(SecretKeySpec secret, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(head);
      String signature = VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
      return signature.getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static boolean isOne(List<String> lines) {
    return lines != null && lines.size() == 1;
  }

  private static SecretKeySpec secret(String text) {
    byte[] secret = new byte[0];
    if (text.strip().startsWith(SECRET_PREFIX)) {
      secret = decode(text.strip().substring(SECRET_PREFIX.length()));
    }
    if (secret.length < FEWEST_SECRET_BYTES || secret.length > MOST_SECRET_BYTES) {
      throw noSecret();
    }
    return new SecretKeySpec(secret, ALGORITHM);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException quotesTheSecret) {
      throw noSecret();
    }
  }

  private static IllegalArgumentException noSecret() {
    return new IllegalArgumentException("a secret is whsec_ and base64 of 24 to 64 bytes");
  }
}
