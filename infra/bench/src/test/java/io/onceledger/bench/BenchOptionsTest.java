package io.onceledger.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.bench.scenario.Scenario;
import io.onceledger.standalone.demo.BadInputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
  private static final Path TARGET = Path.of("target");

  private static BenchOptions parse(String... arguments) {
    return BenchOptions.parse(List.of(arguments), TARGET);
  }

  @Test
  void without_arguments_everything_is_played_in_full() {
    BenchOptions options = parse();

    assertThat(options.scenarios()).extracting(Scenario::name).contains("accept", "cycle", "day");
    assertThat(options.quick()).isFalse();
    assertThat(options.repeat()).isEqualTo(5);
    assertThat(options.seconds()).isEqualTo(600);
    assertThat(options.keys()).isEqualTo(10_000_000);
    assertThat(options.events()).isEqualTo(10_000_000);
    assertThat(options.json()).isEqualTo(TARGET.resolve("bench.json"));
    assertThat(options.page()).isEqualTo(TARGET.resolve("bench.html"));
  }

  @Test
  void scenarios_are_played_in_the_order_in_which_they_are_named() {
    assertThat(parse("start", "accept").scenarios())
        .extracting(Scenario::name)
        .containsExactly("start", "accept");
  }

  @Test
  void a_number_that_is_given_counts_more_than_quick_wherever_it_stands() {
    assertThat(parse("--repeat", "7", "--quick").repeat()).isEqualTo(7);
    assertThat(parse("--quick", "--seconds", "90").seconds()).isEqualTo(90);
    assertThat(parse("--quick").keys()).isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--fast",
        "accepts",
        "--repeat",
        "--repeat 0",
        "--repeat many",
        "--seconds 19",
        "--keys 99999999999",
        "--events -5",
        "--json"
      })
  void what_cannot_be_used_is_refused_by_its_name(String arguments) {
    String[] words = arguments.split(" ", -1);

    assertThatThrownBy(() -> parse(words))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(words[0])
        .hasMessageContaining("infra/bench/run --help");
  }
}
