package io.onceledger.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;

/** Requests to test with. */
public final class Requests {

  /** A good request, of which tests change one thing. */
  public static final String GOOD =
      "{\"amount\":1000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"}";

  /** Of one delivery: minutes, when nothing is known within two seconds each time. */
  private static final int MOST_TRIES = 60;

  private Requests() {}

  /** As the merchant with this key. */
  public static RequestSpecification as(String apiKey) {
    return given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(
                            "application/x-www-form-urlencoded", ContentType.TEXT)))
        .header("Authorization", "Bearer " + apiKey);
  }

  /** As the first merchant. */
  public static RequestSpecification asMerchant() {
    return as(LedgerUnderTest.MERCHANT_KEY);
  }

  /** As the operator. */
  public static RequestSpecification asOperator() {
    return as(LedgerUnderTest.OPERATOR_KEY);
  }

  /** Delivers a charge of the first merchant. */
  public static Response charge(String key, String body) {
    return asMerchant()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        // Bytes: of a text REST-assured makes a pretty copy for its log, which writes 1e999999999
        // out.
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v1/charges");
  }

  /** Delivers again, as the contract says, while it is not decided or not known. */
  public static Response untilDecided(Supplier<Response> delivery) {
    Response answer = delivery.get();
    for (int tries = 1; isToBeRepeated(answer.statusCode(), tries); tries++) {
      answer = delivery.get();
    }
    return answer;
  }

  /** Whether what was answered so after {@code tries} deliveries is to be delivered again. */
  public static boolean isToBeRepeated(int status, int tries) {
    return (status == 409 || status == 503) && tries < MOST_TRIES;
  }

  public static String newKey() {
    return UUID.randomUUID().toString();
  }
}
