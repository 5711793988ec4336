package io.onceledger.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferredWaitTest {

  @ParameterizedTest(name = "{0} waits {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=10|10",
        "Wait = 10|10",
        "wait=\"10\"|10",
        "wait=010|10",
        "wait=0|0",
        "wait=30|30",
        "wait=31|30",
        "wait=99999999999999999999|30",
        "respond-async, wait=7|7",
        "wait=7;foo=bar|7",
        "wait=7, wait=9|7",
        "waiting=1, wait=5|5"
      })
  void seconds_are_read_and_capped(String header, int seconds) {
    assertThat(PreferredWait.seconds(List.of(header))).hasValue(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wait", "wait=", "wait=x", "wait=-1", "wait=1.5", "waits=3"})
  void what_cannot_be_read_is_ignored(String header) {
    assertThat(PreferredWait.seconds(List.of(header))).isEmpty();
  }

  @Test
  void several_lines_are_one_list() {
    assertThat(PreferredWait.seconds(List.of("respond-async", "wait=3"))).hasValue(3);
    assertThat(PreferredWait.seconds(null)).isEqualTo(OptionalInt.empty());
  }
}
