package io.onceledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/postgres, jdbc:postgresql://db:5432/mine, postgres, ''",
    "jdbc:postgresql://db/x?user=admin&password=a%26b, jdbc:postgresql://db/mine, admin, a&b",
    "jdbc:postgresql://db/x?user=a&ssl=true, jdbc:postgresql://db/mine?ssl=true, a, ''",
  })
  void credentials_leave_the_url_and_everything_else_stays(
      String given, String url, String user, String password) {
    ServerAddress address = ServerAddress.parse(given);
    assertThat(address.jdbcUrl("mine")).isEqualTo(url);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.password()).isEqualTo(password);
    assertThat(address.toString()).doesNotContain("a&b");
  }

  @Test
  void something_that_is_no_jdbc_url_names_the_variable() {
    assertThatThrownBy(() -> ServerAddress.parse("postgres://db/x"))
        .hasMessageContaining("LEDGER_TEST_DATABASE_URL");
  }
}
