package io.onceledger.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5, 5, 5",
    "3 1 2, 2, 1, 3",
    "4 1 3 2, 2.5, 1, 4",
    "10 1000 11, 11, 10, 1000",
  })
  void the_median_is_in_the_middle_whatever_the_order(
      String samples, double median, double least, double most) {
    Figure figure =
        new Figure(
            "rate", "/s", Arrays.stream(samples.split(" ", -1)).map(Double::valueOf).toList());

    assertThat(figure.median()).isEqualTo(median);
    assertThat(figure.least()).isEqualTo(least);
    assertThat(figure.most()).isEqualTo(most);
  }

  @Test
  void several_samples_are_told_with_their_range() {
    assertThat(new Figure("rate", "/s", List.of(1000.0, 2000.0, 900.0)).text())
        .isEqualTo("1,000 /s (900 to 2,000)");
    assertThat(new Figure("ratio", "", List.of(1.234)).text()).isEqualTo("1.23");
  }

  @Test
  void nothing_measured_is_no_figure() {
    assertThatThrownBy(() -> new Figure("rate", "/s", List.of()))
        .hasMessage("rate was not measured");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"0; 0", "0.0123; 0.0123", "0.5; 0.50", "12.34; 12.3", "999.6; 1,000", "-4; -4.00"},
      delimiter = ';')
  void numbers_are_told_in_three_digits(double number, String text) {
    assertThat(Numbers.text(number)).isEqualTo(text);
  }
}
