package io.onceledger.mockprocessor.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.mockprocessor.RunningProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsJsonTest {
  private static final Faults NONE =
      Faults.none(Caches.SUCCESSES, Duration.ofHours(24), true, true);

  @Test
  void members_that_are_not_given_stay() {
    Faults first = merge("{'drop_rate':0.5,'caches':'all'}");
    FaultsJson.Change second = FaultsJson.merge(first, bytes("{'hang_ms':20}"));

    assertThat(second.faults().dropRate()).isEqualTo(0.5);
    assertThat(second.faults().caches()).isEqualTo(Caches.ALL);
    assertThat(second.faults().hangMs()).isEqualTo(20);
  }

  @Test
  void what_is_written_can_be_merged_again() {
    Faults faults = merge("{'key_retention_seconds':0.1,'garbage_rate':1,'seed':-3}");

    assertThat(FaultsJson.merge(NONE, FaultsJson.write(faults)).faults()).isEqualTo(faults);
  }

  @Test
  void a_retention_has_milliseconds() {
    assertThat(merge("{'key_retention_seconds':0.1}").keyRetention())
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void only_a_change_of_the_seed_reseeds() {
    assertThat(FaultsJson.merge(NONE, bytes("{'seed':1}")).reseeds()).isTrue();
    assertThat(FaultsJson.merge(NONE, bytes("{'drop_rate':1}")).reseeds()).isFalse();
  }

  @Test
  void an_unknown_member_is_named() {
    assertThatThrownBy(() -> merge("{'drop_rat':1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown member drop_rat");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "drop_rate, 1.01",
        "decline_rate, -0.1",
        "lost_ack_rate, '1'",
        "garbage_rate, null",
        "latency_ms, -1",
        "latency_ms, 1.5",
        "hang_ms, 86400001",
        "lookup_lag_ms, 99999999999999999999",
        "key_retention_seconds, -1",
        "caches, 'none'",
        "caches, 1",
        "cancel_supported, 'true'",
        "lookup_supported, 1",
        "seed, 1.5",
        "seed, 99999999999999999999",
      })
  void a_member_out_of_range_is_named(String member, String value) {
    assertThatThrownBy(() -> merge("{'" + member + "':" + value + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(member + " must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{} {}"})
  void anything_but_one_object_is_refused(String body) {
    assertThatThrownBy(() -> merge(body)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Faults merge(String change) {
    return FaultsJson.merge(NONE, bytes(change)).faults();
  }

  private static byte[] bytes(String text) {
    return RunningProcessor.json(text).getBytes(StandardCharsets.UTF_8);
  }
}
