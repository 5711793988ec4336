package io.onceledger.api.charge;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever language the machine speaks: a Turkish i, Arabic and Thai digits, a Buddhist year. */
@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class LocaleTest {

  private final Locale usual = Locale.getDefault();

  @AfterEach
  void speak_the_usual_language_again() {
    Locale.setDefault(usual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"})
  void the_answers_are_the_same(String locale) {
    String key = newKey();
    String body = GOOD.replace("}", ",\"metadata\":{\"i\":\"I\"}}");
    Response first = charge(key, body);
    Locale.setDefault(Locale.forLanguageTag(locale));

    Response second = charge(key, body);

    second.then().statusCode(202).header("Idempotent-Replayed", "true");
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    Response other = charge(newKey(), body);
    other.then().statusCode(202);
    assertThat(other.<String>path("created_at")).matches("2\\d{3}-[0-9]{2}-[0-9]{2}T.*\\d{6}Z");
    assertThat(asMerchant().get(other.header("Location")).asString()).contains("\"amount\":1000");
    Response refused = charge(newKey(), GOOD.replace("1000", "0"));
    refused.then().statusCode(400).body("errors.pointer", contains("/amount"));
    assertThat(refused.asString()).contains("an integer from 1 to 99999999999").isPrintable();
    assertThat(refused.asString().chars()).allMatch(c -> c < 0x80);
    charge(newKey(), GOOD.replace("USD", "usd")).then().statusCode(400);
    Response malformed = charge(newKey(), "{\"amount\":x}");
    assertThat(malformed.asString()).contains("line 1, column");
  }
}
