package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order-1 | order-1",
        "a b | \"a b\"",
        "a,b | \"a,b\"",
        "a;b | \"a;b\"",
        "a\"b\\c | \"a\\\"b\\\\c\""
      })
  void a_key_is_a_bare_token_where_it_can_be(String key, String header) {
    assertThat(Orders.order(key).idempotencyKeyHeader()).isEqualTo(header);
  }
}
