package io.onceledger.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Requests to test with. */
public final class Requests {

  /** A good request, of which tests change one thing. */
  public static final String GOOD =
      "{\"amount\":1000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"}";

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

  public static String newKey() {
    return UUID.randomUUID().toString();
  }
}
