package io.onceledger.mockprocessor.effect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {

  @Test
  void an_id_leads_back_to_its_number() {
    long number = 1_773_489_600_000_123L;

    assertThat(Resource.PAYMENT.id(number)).matches("pay_[0-9a-z]{10,}");
    assertThat(Resource.PAYMENT.number(Resource.PAYMENT.id(number))).isEqualTo(number);
    assertThat(Resource.REFUND.number(Resource.REFUND.id(number))).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pay_", "pay_A", "pay_01", "pay_+1", "ref_1", "pay_zzzzzzzzzzzzzz"})
  void another_text_is_no_id_of_a_payment(String text) {
    assertThat(Resource.PAYMENT.number(text)).isEqualTo(-1);
  }
}
