package io.onceledger.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeTermsTest {

  @ParameterizedTest(name = "{0} bp + {1} of {2} is {3}")
  @CsvSource({
    // basis points, fixed, amount, fee
    "290, 30, 10000, 320",
    "290, 0, 10000, 290",
    "0, 0, 10000, 0",
    "0, 30, 10000, 30",
    // half up: 50 x 1 % = 0.5, 49 x 1 % = 0.49, 150 x 1 % = 1.5
    "100, 0, 50, 1",
    "100, 0, 49, 0",
    "100, 0, 150, 2",
    // never more than the charge
    "290, 30, 10, 10",
    "290, 30, 1, 1",
    "10000, 30, 500, 500",
    // the largest amount
    "290, 30, 99999999999, 2900000030",
    "10000, 0, 99999999999, 99999999999",
  })
  void a_fee_is_the_share_rounded_half_up_plus_the_fixed_part(
      int basisPoints, long fixed, long amount, long fee) {
    assertThat(new FeeTerms(basisPoints, fixed).feeOf(amount)).isEqualTo(fee);
  }

  @Test
  void terms_out_of_range_are_refused() {
    assertThatThrownBy(() -> new FeeTerms(10_001, 0)).hasMessageContaining("10001");
    assertThatThrownBy(() -> new FeeTerms(-1, 0)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new FeeTerms(0, -1)).hasMessageContaining("-1");
  }
}
