package io.onceledger.api.sensitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are the networks' published test numbers. */
class CardNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4222222222222", // thirteen digits
        "4000000000000000006", // nineteen
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "6440000000000005",
        "3530111333300000",
        "30569309025904",
        "36227206271667",
        "6205500000000000004",
        "2200000000000004",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111\u00a01111\u20111111\u20131111",
        "3782 822463 10005",
        "41111111-11111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111  1111  1111  1111",
        "4111,1111,1111,1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\r\n1111\r\n1111\r\n1111",
        "4111/1111/1111/1111",
        "4111 \u200b1111 1\u00ad111\u2060 1111",
        "Visa4111 1111 1111 1111exp",
        "6362970000457013", // Elo
        "9792030394440796", // Troy
        "card:4111111111111111, thanks",
        "x4111111111111111y",
        "paid 2 times with 4111 1111 1111 1111",
        "42 4111 1111 1111 1111 7",
        "(4111-1111-1111-1111)",
        "\u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661",
        "\uff14\uff11\uff11\uff11 \uff11\uff11\uff11\uff11 \uff11\uff11\uff11\uff11"
            + " \uff11\uff11\uff11\uff11"
      })
  void a_card_number_is_found(String text) {
    assertThat(CardNumber.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111112", // fails the check
        "411111111111111", // fifteen digits: not Visa's
        "1234567812345670", // passes the check; nobody's prefix
        "9999999999999995",
        "490154203237518", // an IMEI
        "353322111111113",
        "41111111111111110000", // a part of a longer number
        "00004111111111111111",
        "4111    1111    1111    1111", // four marks
        "4111 or 1111 or 1111 or 1111",
        "12344111-1111-4111-9111-111111111111", // a UUID
        "conformance-7daf6eaa-f3851c4095554105821da4928697", // hexadecimal
        "order-4111111111-111111", // two numbers side by side
        "2026-11-21 10:41:36",
        "+49 30 901820 4711",
        "1763721696123"
      })
  void what_merely_looks_like_one_is_not(String text) {
    assertThat(CardNumber.isIn(text)).isFalse();
  }

  @Test
  void no_uuid_is_one() {
    assertThat(
            IntStream.range(0, 200_000)
                .mapToObj(i -> UUID.randomUUID().toString())
                .filter(CardNumber::isIn))
        .isEmpty();
  }
}
