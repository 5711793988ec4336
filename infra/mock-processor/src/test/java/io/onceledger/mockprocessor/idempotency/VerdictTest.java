package io.onceledger.mockprocessor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Key KEY = new Key(Resource.PAYMENT, "mer_a", "k");
  private static final Instruction FIRST = new Instruction(KEY, 1, "USD", "pm_card_visa", "ch_1");
  private static final Instruction OTHER = new Instruction(KEY, 2, "USD", "pm_card_visa", "ch_1");

  @ParameterizedTest
  @CsvSource({
    "NOTHING,   same,  ACT",
    "NOTHING,   other, ACT",
    "RESULT,    same,  REPEAT_RESULT",
    "RESULT,    other, OTHER_PARAMETERS",
    "FAILURE,   same,  REPEAT_FAILURE",
    "FAILURE,   other, OTHER_PARAMETERS",
    "TOMBSTONE, same,  CANCELED",
    "TOMBSTONE, other, CANCELED",
  })
  void what_a_key_is_bound_to_decides(Pin pin, String asked, Verdict verdict) {
    assertThat(Verdict.of(pin, FIRST, asked.equals("same") ? FIRST : OTHER)).isEqualTo(verdict);
  }
}
