package io.onceledger.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void keys_have_36_characters_and_none_is_there_twice() {
    Set<String> keys = new HashSet<>();
    for (long n = 1; n <= 100_000; n++) {
      keys.add(Keys.freshKey("0000002a", n));
      keys.add(Keys.oldKey(n));
    }

    assertThat(keys).hasSize(200_000).allMatch(key -> key.length() == 36);
  }

  @Test
  void they_are_those_that_sql_and_lua_write() {
    // lpad(to_hex(n * 88888889 % 4294967296), 8, '0') || '-' || lpad(n::text, 27, '0')
    assertThat(Keys.oldKey(49)).isEqualTo("039c80e9-000000000000000000000000049");
    assertThat(Keys.freshKey("0000002a", 1)).isEqualTo("054c5639-0000002a-000000000000000001");
  }

  @Test
  void nobody_pauses_while_the_queue_is_short_and_nobody_for_more_than_a_second() {
    assertThat(Gate.pause(0)).isZero();
    assertThat(Gate.pause(2_000)).isZero();
    assertThat(Gate.pause(4_000)).isEqualTo(20);
    assertThat(Gate.pause(10_000_000)).isEqualTo(1_000);
  }
}
