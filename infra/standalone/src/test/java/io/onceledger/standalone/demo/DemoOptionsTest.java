package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {
  private static final Path OTHER = Path.of("other.csv");

  @Test
  void without_arguments_there_are_defaults() {
    assertThat(DemoOptions.parse(List.of(), OTHER, 7))
        .isEqualTo(new DemoOptions(OTHER, 7, Duration.ofMinutes(3)));
  }

  @Test
  void file_seed_and_wait_may_be_given_in_any_order() {
    assertThat(DemoOptions.parse(List.of("--wait", "5m", "mine.csv", "--seed", "42"), OTHER, 7))
        .isEqualTo(new DemoOptions(Path.of("mine.csv"), 42, Duration.ofMinutes(5)));
    assertThat(DemoOptions.parse(List.of("--wait", "90"), OTHER, 7).patience())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sed 4", "a.csv b.csv", "--seed", "--seed x", "--wait soon", "-v"})
  void anything_else_is_refused(String arguments) {
    assertThatThrownBy(() -> DemoOptions.parse(List.of(arguments.split(" ", -1)), OTHER, 7))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--help");
  }
}
