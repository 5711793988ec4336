package io.onceledger.mockprocessor.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import org.junit.jupiter.api.Test;

class EffectCountsTest {
  private final EffectCounts counts = new EffectCounts();

  @Test
  void every_key_is_counted_on_its_own_however_many_there_are() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(counts.increment(new Key(Resource.PAYMENT, "mer_a", "key-" + i))).isEqualTo(1);
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(counts.increment(new Key(Resource.PAYMENT, "mer_a", "key-" + i))).isEqualTo(2);
    }
  }

  @Test
  void merchant_resource_and_key_all_tell_keys_apart() {
    assertThat(counts.increment(new Key(Resource.PAYMENT, "ab", "c"))).isEqualTo(1);
    assertThat(counts.increment(new Key(Resource.PAYMENT, "a", "bc"))).isEqualTo(1);
    assertThat(counts.increment(new Key(Resource.PAYMENT, "c", "ab"))).isEqualTo(1);
    assertThat(counts.increment(new Key(Resource.REFUND, "ab", "c"))).isEqualTo(1);
    assertThat(counts.increment(new Key(Resource.PAYMENT, "ab", "c"))).isEqualTo(2);
  }
}
