package io.onceledger.mockprocessor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RememberedKeysTest {
  private static final Key KEY = key("k");

  private final RememberedKeys keys = new RememberedKeys(Duration.ofSeconds(10));

  @Test
  void a_key_is_forgotten_when_the_retention_has_passed_since_its_first_use() {
    RememberedKey first = keys.use(KEY, 1_000);

    assertThat(keys.use(KEY, 10_999)).isSameAs(first);
    assertThat(keys.find(KEY, 10_999)).containsSame(first);
    assertThat(keys.find(KEY, 11_000)).isEmpty();
    assertThat(keys.use(KEY, 11_000)).isNotSameAs(first);
  }

  @Test
  void a_new_retention_holds_for_known_keys_too() {
    keys.use(KEY, 0);

    keys.retainFor(Duration.ofSeconds(5));

    assertThat(keys.find(KEY, 4_999)).isPresent();
    assertThat(keys.find(KEY, 5_000)).isEmpty();
  }

  @Test
  void expired_keys_do_not_pile_up() {
    for (int i = 0; i < 1_000; i++) {
      keys.use(key("old-" + i), 0);
    }
    for (int i = 0; i < 600; i++) {
      keys.use(key("new-" + i), 20_000);
    }

    assertThat(keys.size()).isEqualTo(600);
  }

  @Test
  void a_key_that_is_used_anew_does_not_keep_older_ones_from_eviction() {
    for (int i = 0; i < 1_000; i++) {
      keys.use(key("old-" + i), 0);
    }
    keys.use(key("old-2"), 20_000);
    for (int i = 0; i < 600; i++) {
      keys.use(key("new-" + i), 20_000);
    }

    assertThat(keys.size()).isEqualTo(601);
  }

  private static Key key(String value) {
    return new Key(Resource.PAYMENT, "mer_a", value);
  }
}
