package io.onceledger.api.charge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.api.json.JsonBody;
import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.api.testing.Damage;
import io.onceledger.core.charge.ChargeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;

/** Whatever bytes come, they are a request that can be stored, or refused by name. */
class ChargeBodyPropertyTest {

  private static final Set<ProblemCode> REFUSALS =
      Set.of(
          ProblemCode.MALFORMED_JSON,
          ProblemCode.VALIDATION_ERROR,
          ProblemCode.SENSITIVE_DATA,
          ProblemCode.PAYLOAD_TOO_LARGE);

  @Property
  void any_bytes_are_a_request_or_refused(@ForAll @Size(max = 200) byte[] body) {
    requestOrRefusal(body);
  }

  @Property(tries = 5_000)
  void a_damaged_request_is_a_request_or_refused(
      @ForAll("charges") ChargeRequest charge, @ForAll Random random) {
    byte[] body = ChargeBodies.write(charge, random);
    for (int i = random.nextInt(4); i >= 0; i--) {
      body = Damage.any(body, random);
    }
    requestOrRefusal(body);
  }

  @Property
  void a_media_type_is_json_or_refused(@ForAll String type, @ForAll String encoding) {
    HttpHeadersImpl headers =
        new HttpHeadersImpl(
            List.of(Map.entry("Content-Type", type), Map.entry("Content-Encoding", encoding)));
    try {
      JsonBody.read(headers, "{}".getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  /** A number of few characters and many digits must stay what it is: a few characters. */
  @Property
  void no_number_is_worked_out(@ForAll int mantissa, @ForAll int exponent) {
    String number = mantissa + "e" + exponent;
    JsonNode tree =
        JsonBody.read(
            new HttpHeadersImpl(List.of(Map.entry("Content-Type", "application/json"))),
            ("{\"amount\":" + number + "}").getBytes(StandardCharsets.UTF_8));

    assertThat(tree.get("amount").isDouble()).as("neither BigDecimal nor BigInteger").isTrue();
  }

  private static void requestOrRefusal(byte[] body) {
    try {
      ChargeRequest request = ChargeBodies.read(body);
      requireLimits(request);
      assertThat(new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
          .as("nothing in it is no UTF-8")
          .isEqualTo(body);
      assertThat(ChargeBodies.read(ChargeBodies.write(request, new Random(0)))).isEqualTo(request);
    } catch (Refusal refusal) {
      assertThat(REFUSALS).contains(refusal.code());
      assertThat(refusal.errors().isEmpty())
          .isEqualTo(
              refusal.code() == ProblemCode.MALFORMED_JSON
                  || refusal.code() == ProblemCode.PAYLOAD_TOO_LARGE);
    }
  }

  private static void requireLimits(ChargeRequest request) {
    assertThat(request.amount()).isBetween(1L, 99_999_999_999L);
    assertThat(request.currency()).matches("[A-Z]{3}");
    assertThat(request.paymentMethod()).matches("[A-Za-z0-9_]{1,64}");
    assertThat(request.metadata()).hasSizeLessThanOrEqualTo(50);
    request.metadata().keySet().forEach(name -> requireStorable(name, 40));
    Stream.concat(Stream.ofNullable(request.description()), request.metadata().values().stream())
        .forEach(text -> requireStorable(text, 500));
  }

  /** In a PostgreSQL text: UTF-8, which half a surrogate pair has not, and no NUL. */
  private static void requireStorable(String text, int longest) {
    assertThat(text.codePoints().count()).isLessThanOrEqualTo(longest);
    assertThat(text).doesNotContain("\0");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @Provide
  Arbitrary<ChargeRequest> charges() {
    return AnyCharge.valid();
  }
}
