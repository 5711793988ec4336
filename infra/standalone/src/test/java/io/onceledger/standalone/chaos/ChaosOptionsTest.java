package io.onceledger.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.demo.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {

  @Test
  void without_arguments_there_are_defaults() {
    assertThat(ChaosOptions.parse(List.of(), 7))
        .isEqualTo(new ChaosOptions("faults", 60, 20_000, 5, 7, true, Optional.empty()));
  }

  @Test
  void scenario_and_options_may_be_given_in_any_order() {
    assertThat(
            ChaosOptions.parse(
                List.of(
                    "--seconds",
                    "5",
                    "outage",
                    "--charges",
                    "900",
                    "--within",
                    "9",
                    "--seed",
                    "3",
                    "--json",
                    "a.json",
                    "--without-lookup-and-cancel"),
                7))
        .isEqualTo(new ChaosOptions("outage", 5, 900, 9, 3, false, Optional.of(Path.of("a.json"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"earthquake", "faults outage", "--seconds", "--seconds 0", "--charges x"})
  void anything_else_is_refused(String arguments) {
    assertThatThrownBy(() -> ChaosOptions.parse(List.of(arguments.split(" ", -1)), 7))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--help");
  }
}
