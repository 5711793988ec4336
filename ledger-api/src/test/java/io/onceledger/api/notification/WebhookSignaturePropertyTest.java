package io.onceledger.api.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.onceledger.api.notification.WebhookSignature.Verdict;
import io.onceledger.core.testing.Misspellings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * The standard's own library is the judge: it shares no line with ours. Its clock cannot be set, so
 * timestamps are about now, and a minute away from where the two clocks could disagree.
 */
class WebhookSignaturePropertyTest {

  @Property
  void what_the_library_signs_is_genuine(
      @ForAll("secrets") byte[] secret,
      @ForAll("ids") String id,
      @ForAll @LongRange(min = 0, max = 99_999_999_999L) long timestamp,
      @ForAll("bodies") String body,
      @ForAll @IntRange(min = -300, max = 300) int secondsOff)
      throws WebhookSigningException {
    Request signed = sign(secret, id, timestamp, body);

    assertThat(signed.judgedAt(Instant.ofEpochSecond(timestamp + secondsOff), secret))
        .isEqualTo(Verdict.GENUINE);
  }

  @Property
  void a_request_that_was_tampered_with_is_judged_as_by_the_library(
      @ForAll("secrets") byte[] secret,
      @ForAll("ids") String id,
      @ForAll @IntRange(min = -240, max = 240) int secondsAgo,
      @ForAll("bodies") String body,
      @ForAll("tampering") Tampering tampering)
      throws WebhookSigningException {
    Instant now = Instant.now();
    Request signed = sign(secret, id, now.getEpochSecond() - secondsAgo, body);
    assertThat(signed.isAcceptedByLibrary(secret)).isTrue();

    Request other = tampering.of(signed);

    assertThat(other.judgedAt(now, secret) == Verdict.GENUINE)
        .as(other.toString())
        .isEqualTo(other.isAcceptedByLibrary(secret))
        .isFalse();
  }

  @Property
  void what_is_genuine_is_accepted_by_the_library_however_it_is_misspelt(
      @ForAll("secrets") byte[] secret, @ForAll("misspelt") Misspelt misspelt)
      throws WebhookSigningException {
    Instant now = Instant.now();
    Request request = misspelt.of(sign(secret, "msg_1", now.getEpochSecond(), "{}"));

    if (request.judgedAt(now, secret) == Verdict.GENUINE) {
      assertThat(request.isAcceptedByLibrary(secret)).as(request.toString()).isTrue();
    }
  }

  @Property
  void another_secret_signs_nothing_of_ours(
      @ForAll("secrets") byte[] secret,
      @ForAll("secrets") byte[] other,
      @ForAll("bodies") String body)
      throws WebhookSigningException {
    Instant now = Instant.now();
    Request signed = sign(other, "msg_1", now.getEpochSecond(), body);

    if (!java.util.Arrays.equals(secret, other)) {
      assertThat(signed.judgedAt(now, secret)).isEqualTo(Verdict.FORGED);
      assertThat(signed.isAcceptedByLibrary(secret)).isFalse();
    }
  }

  @Property
  void any_headers_are_judged_and_none_of_them_genuine(
      @ForAll List<String> ids,
      @ForAll List<String> timestamps,
      @ForAll List<String> signatures,
      @ForAll @Size(max = 100) byte[] body) {
    WebhookSignature ours =
        WebhookSignature.by(text(new byte[32]), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    assertThat(ours.verify(ids, timestamps, signatures, body)).isNotEqualTo(Verdict.GENUINE);
  }

  /** A request as it goes over the wire. */
  record Request(String id, String timestamp, String signatures, String body) {
    Verdict judgedAt(Instant now, byte[] secret) {
      return WebhookSignature.by(text(secret), Clock.fixed(now, ZoneOffset.UTC))
          .verify(List.of(id), List.of(timestamp), List.of(signatures), body.getBytes(UTF_8));
    }

    boolean isAcceptedByLibrary(byte[] secret) {
      Map<String, List<String>> headers =
          Map.of(
              "webhook-id", List.of(id),
              "webhook-timestamp", List.of(timestamp),
              "webhook-signature", List.of(signatures));
      try {
        new Webhook(text(secret)).verify(body, headers);
        return true;
      } catch (WebhookVerificationException e) {
        return false;
      }
    }
  }

  /** Changes one thing to another of its kind. */
  enum Tampering {
    LONGER_BODY {
      @Override
      Request of(Request signed) {
        return new Request(
            signed.id(), signed.timestamp(), signed.signatures(), signed.body() + " ");
      }
    },
    OTHER_BODY {
      @Override
      Request of(Request signed) {
        String other = signed.body().isEmpty() ? "x" : signed.body().substring(1);
        return new Request(signed.id(), signed.timestamp(), signed.signatures(), other);
      }
    },
    OTHER_ID {
      @Override
      Request of(Request signed) {
        String other = (signed.id().charAt(0) == 'x' ? 'y' : 'x') + signed.id().substring(1);
        return new Request(other, signed.timestamp(), signed.signatures(), signed.body());
      }
    },
    LATER {
      @Override
      Request of(Request signed) {
        return shifted(signed, 1);
      }
    },
    MUCH_LATER {
      @Override
      Request of(Request signed) {
        return shifted(signed, 700);
      }
    },
    MUCH_EARLIER {
      @Override
      Request of(Request signed) {
        return shifted(signed, -700);
      }
    },
    OTHER_SIGNATURE {
      @Override
      Request of(Request signed) {
        String given = signed.signatures();
        char other = given.charAt(3) == 'A' ? 'B' : 'A';
        return new Request(
            signed.id(), signed.timestamp(), "v1," + other + given.substring(4), signed.body());
      }
    },
    OTHER_VERSION {
      @Override
      Request of(Request signed) {
        return new Request(
            signed.id(),
            signed.timestamp(),
            "v2" + signed.signatures().substring(2),
            signed.body());
      }
    };

    abstract Request of(Request signed);

    private static Request shifted(Request signed, long seconds) {
      long other = Long.parseLong(signed.timestamp()) + seconds;
      return new Request(signed.id(), Long.toString(other), signed.signatures(), signed.body());
    }
  }

  /** Replaces one header by something near it. */
  record Misspelt(int header, String otherId, String otherSignaturesOfNothing, int cut) {
    Request of(Request signed) {
      return switch (header) {
        case 0 -> new Request(otherId, signed.timestamp(), signed.signatures(), signed.body());
        case 1 ->
            new Request(
                signed.id(),
                signed.timestamp().substring(cut % signed.timestamp().length()),
                signed.signatures(),
                signed.body());
        default ->
            new Request(
                signed.id(),
                signed.timestamp(),
                otherSignaturesOfNothing + signed.signatures().substring(cut),
                signed.body());
      };
    }
  }

  private static Request sign(byte[] secret, String id, long timestamp, String body)
      throws WebhookSigningException {
    String signature = new Webhook(text(secret)).sign(id, timestamp, body);
    return new Request(id, Long.toString(timestamp), signature, body);
  }

  private static String text(byte[] secret) {
    return "whsec_" + Base64.getEncoder().encodeToString(secret);
  }

  @Provide
  Arbitrary<byte[]> secrets() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(24).ofMaxSize(64);
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .excludeChars('.')
        .ofMinLength(1)
        .ofMaxLength(255);
  }

  /** Any text that has UTF-8. */
  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.strings()
        .ofMaxLength(300)
        .filter(text -> UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<Tampering> tampering() {
    return Arbitraries.of(Tampering.class);
  }

  @Provide
  Arbitrary<Misspelt> misspelt() {
    Arbitrary<String> otherIds = Misspellings.of("msg_1");
    Arbitrary<String> prefixes =
        Arbitraries.oneOf(
            Arbitraries.of("", " ", "v1,", "v1, ", "v1a,AAAA ", "v2,AAAA ", "v1,AAAA "),
            Misspellings.of("v1,AAAA "));
    return net.jqwik.api.Combinators.combine(
            Arbitraries.integers().between(0, 2),
            otherIds,
            prefixes,
            Arbitraries.integers().between(0, 5))
        .as(Misspelt::new);
  }
}
