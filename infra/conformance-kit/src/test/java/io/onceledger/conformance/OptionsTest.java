package io.onceledger.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.conformance.Options.Keys;
import io.onceledger.conformance.Options.UsageException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void without_options_all_rules_run_with_the_keys_of_standalone() {
    Options options = parse(Map.of(), "http://127.0.0.1:8080/");

    assertThat(options.url()).contains(URI.create("http://127.0.0.1:8080"));
    assertThat(options.keys())
        .isEqualTo(new Keys("sk_test_demo", "sk_test_acme", "ok_test_operator"));
    assertThat(options.only()).isEmpty();
    assertThat(options.list()).isFalse();
  }

  @Test
  void an_argument_wins_over_the_environment() {
    Map<String, String> environment =
        Map.of("CONFORMANCE_MERCHANT_KEY", "a", "CONFORMANCE_OPERATOR_KEY", "b");

    Options options =
        parse(environment, "https://ledger.example/base", "--merchant-key", "c", "--only", "Key");

    assertThat(options.keys()).isEqualTo(new Keys("c", "sk_test_acme", "b"));
    assertThat(options.only()).isEqualTo("key");
  }

  @Test
  void rules_can_be_listed_without_a_ledger() {
    assertThat(parse(Map.of(), "--list").list()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--only",
        "--unknown",
        "127.0.0.1:8080",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1/?a=b",
        "http://user@127.0.0.1",
        "http://127.0.0.1 http://127.0.0.2",
        "http://127.0.0.1 --merchant-key sk_test_acme",
        "http://127.0.0.1 --merchant-key",
      })
  void what_cannot_be_used_is_said_with_the_way_to_help(String line) {
    assertThatThrownBy(() -> parse(Map.of(), line.isEmpty() ? new String[0] : line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("(see infra/conformance --help)");
  }

  @Test
  void a_key_that_cannot_be_sent_is_refused_without_being_shown() {
    assertThatThrownBy(() -> parse(Map.of(), "http://127.0.0.1", "--operator-key", "sec ret"))
        .isInstanceOf(UsageException.class)
        .hasMessageNotContaining("sec ret");
  }

  private static Options parse(Map<String, String> environment, String... arguments) {
    return Options.parse(List.of(arguments), environment);
  }
}
