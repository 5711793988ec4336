package io.onceledger.api.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.api.notification.WebhookSignature.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  /** Worked out with Python's hmac. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1_614_265_330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static final String OTHER_SECRET =
      "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

  @Test
  void golden_vectors_are_genuine() {
    assertThat(verify(SECRET, ID, "1614265330", SIGNATURE, BODY)).isEqualTo(Verdict.GENUINE);
    assertThat(
            at(1_700_000_000)
                .verify(
                    List.of("ntf_1"),
                    List.of("1700000000"),
                    List.of("v1,EApN4qm89k5luPziL7+WwJbeGYznopjyTSsIKr2bjzg="),
                    "{\"text\":\"ä€𝄞\"}".getBytes(UTF_8)))
        .isEqualTo(Verdict.GENUINE);
  }

  @Test
  void any_of_several_secrets_will_do() {
    assertThat(verify(OTHER_SECRET + "," + SECRET, ID, "1614265330", SIGNATURE, BODY))
        .isEqualTo(Verdict.GENUINE);
    assertThat(verify(SECRET + " , " + OTHER_SECRET, ID, "1614265330", SIGNATURE, BODY))
        .isEqualTo(Verdict.GENUINE);
    assertThat(verify(OTHER_SECRET, ID, "1614265330", SIGNATURE, BODY)).isEqualTo(Verdict.FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1,AAAA %s", "%s v1,AAAA", "v1a,%2$s %1$s", " %s", "x %s ", "v2, %s"})
  void any_of_several_signatures_will_do(String header) {
    String signatures = header.formatted(SIGNATURE, "hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGz");

    assertThat(verify(SECRET, ID, "1614265330", signatures, BODY)).isEqualTo(Verdict.GENUINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "v1",
        "v1,",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1, g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", // the same bytes in base64
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", // and so is this
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,v1,AAAA",
        "v1,é",
      })
  void what_is_spelt_otherwise_is_no_signature(String signatures) {
    assertThat(verify(SECRET, ID, "1614265330", signatures, BODY)).isEqualTo(Verdict.FORGED);
  }

  @ParameterizedTest
  @CsvSource({
    "-301, OUT_OF_TIME",
    "-300, GENUINE",
    "0, GENUINE",
    "300, GENUINE",
    "301, OUT_OF_TIME",
    "100000000000, OUT_OF_TIME"
  })
  void it_may_be_five_minutes_old_or_early(long seconds, Verdict verdict) {
    assertThat(at(AT + seconds).verify(List.of(ID), List.of("" + AT), List.of(SIGNATURE), body()))
        .isEqualTo(verdict);
  }

  @Test
  void a_fraction_of_a_second_more_than_five_minutes_is_too_much() {
    Clock late = Clock.fixed(Instant.ofEpochSecond(AT + 300, 1), ZoneOffset.UTC);

    assertThat(
            WebhookSignature.by(SECRET, late)
                .verify(List.of(ID), List.of("" + AT), List.of(SIGNATURE), body()))
        .isEqualTo(Verdict.OUT_OF_TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+1614265330",
        "-1614265330",
        "01614265330",
        " 1614265330",
        "1614265330 ",
        "1614265330.0",
        "1.6e9",
        "16142653300000",
        "99999999999999999999",
        "٣٤٥",
        "2021-02-25T15:02:10Z",
      })
  void what_is_no_timestamp_is_malformed(String timestamp) {
    assertThat(verify(SECRET, ID, timestamp, SIGNATURE, BODY)).isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a.b", "a\tb", "ü", "a\u0000"})
  void what_is_no_id_is_malformed(String id) {
    assertThat(verify(SECRET, id, "1614265330", SIGNATURE, BODY)).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void an_id_has_at_most_255_characters() {
    assertThat(verify(SECRET, "i".repeat(255), "1614265330", SIGNATURE, BODY))
        .isEqualTo(Verdict.FORGED);
    assertThat(verify(SECRET, "i".repeat(256), "1614265330", SIGNATURE, BODY))
        .isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void a_header_that_is_missing_is_malformed(List<String> none) {
    List<String> at = List.of("" + AT);
    List<String> signature = List.of(SIGNATURE);

    assertThat(at(AT).verify(none, at, signature, body())).isEqualTo(Verdict.MALFORMED);
    assertThat(at(AT).verify(List.of(ID), none, signature, body())).isEqualTo(Verdict.MALFORMED);
    assertThat(at(AT).verify(List.of(ID), at, none, body())).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void a_header_that_is_there_twice_is_malformed() {
    List<String> at = List.of("" + AT);
    List<String> signature = List.of(SIGNATURE);

    assertThat(at(AT).verify(List.of(ID, ID), at, signature, body())).isEqualTo(Verdict.MALFORMED);
    assertThat(at(AT).verify(List.of(ID), List.of("" + AT, "" + AT), signature, body()))
        .isEqualTo(Verdict.MALFORMED);
    assertThat(at(AT).verify(List.of(ID), at, List.of(SIGNATURE, SIGNATURE), body()))
        .isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,",
        ",whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      })
  void what_is_no_secret_is_refused_and_not_repeated(String secrets) {
    assertThatThrownBy(() -> WebhookSignature.by(secrets, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret is whsec_ and base64 of 24 to 64 bytes")
        .hasNoCause();
  }

  @Test
  void a_secret_of_more_than_64_bytes_is_refused() {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[65]);

    assertThatThrownBy(() -> WebhookSignature.by(secret, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict verify(
      String secrets, String id, String timestamp, String signatures, String body) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(AT), ZoneOffset.UTC);
    return WebhookSignature.by(secrets, clock)
        .verify(List.of(id), List.of(timestamp), List.of(signatures), body.getBytes(UTF_8));
  }

  /** With both secrets. */
  private static WebhookSignature at(long seconds) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    return WebhookSignature.by(SECRET + "," + OTHER_SECRET, clock);
  }

  private static byte[] body() {
    return BODY.getBytes(UTF_8);
  }
}
