package io.onceledger.worker.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHeaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "k~k",
        "order-2026/7:é~\"order-2026/7:é\"",
        "a b~\"a b\"",
        "a,b~\"a,b\"",
        "a;b~\"a;b\"",
        "say \"hi\"~\"say \\\"hi\\\"\"",
        "back\\slash~\"back\\\\slash\"",
        "!#$%&'()*+-./:<=>?@[]^_`{|}~!#$%&'()*+-./:<=>?@[]^_`{|}"
      })
  void a_key_is_bare_if_it_can_be_and_quoted_if_it_must_be(String key, String header) {
    assertThat(KeyHeader.write(key)).isEqualTo(header);
  }
}
