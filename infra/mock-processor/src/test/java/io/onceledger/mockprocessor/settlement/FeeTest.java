package io.onceledger.mockprocessor.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.effect.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeTest {

  @ParameterizedTest
  @CsvSource({
    "PAYMENT, 1,           0",
    "PAYMENT, 33,          0",
    "PAYMENT, 34,          1",
    "PAYMENT, 99,          1",
    "PAYMENT, 100,         2",
    "PAYMENT, 166,         2",
    "PAYMENT, 167,         3",
    "PAYMENT, 1000,        15",
    "PAYMENT, 99999999999, 1500000000",
    "REFUND,  1000,        0",
  })
  void a_payment_costs_one_and_a_half_percent_rounded_half_up(
      Resource resource, long amount, long fee) {
    assertThat(Fee.of(resource, amount)).isEqualTo(fee);
  }
}
