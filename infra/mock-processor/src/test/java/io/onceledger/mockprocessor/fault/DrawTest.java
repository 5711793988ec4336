package io.onceledger.mockprocessor.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onceledger.mockprocessor.RunningProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static final int MANY = 20_000;

  @Test
  void the_same_seed_draws_the_same() {
    Faults faults = faults("{'seed':7,'drop_rate':0.3,'lost_ack_rate':0.3,'decline_rate':0.3}");

    assertThat(draws(faults)).isEqualTo(draws(faults));
  }

  @Test
  void another_seed_draws_otherwise() {
    assertThat(draws(faults("{'seed':7,'drop_rate':0.5}")))
        .isNotEqualTo(draws(faults("{'seed':8,'drop_rate':0.5}")));
  }

  @Test
  void a_seed_stands_for_the_same_draws_in_every_version() {
    Faults faults = faults("{'seed':42,'drop_rate':0.2,'lost_ack_rate':0.2}");

    String drawn =
        LongStream.range(0, 40)
            .mapToObj(n -> Draw.of(faults, n).fault().name().substring(0, 1))
            .collect(Collectors.joining());

    assertThat(drawn).isEqualTo("NNNNNNDNNNNNDNNDDLNNNDDDNDDNNNDDLLNLNLDD");
  }

  @Test
  void a_fault_comes_as_often_as_its_rate_says() {
    for (Fault fault : List.of(Fault.RATE_LIMIT, Fault.DROP, Fault.HANG, Fault.GARBAGE)) {
      String member = fault.name().toLowerCase(Locale.ROOT) + "_rate";
      Faults faults = faults("{'" + member + "':0.1}");

      long hits = draws(faults).stream().filter(draw -> draw.fault() == fault).count();

      assertThat(hits / (double) MANY).as(member).isCloseTo(0.1, within(0.01));
    }
  }

  @Test
  void a_rate_of_one_always_hits_and_of_zero_never() {
    assertThat(draws(faults("{'lost_ack_rate':1,'decline_rate':1}")))
        .allMatch(draw -> draw.fault() == Fault.LOST_ACK && draw.declines());
    assertThat(draws(faults("{}"))).allMatch(draw -> draw.equals(new Draw(Fault.NONE, false, 0)));
  }

  @Test
  void one_rate_does_not_move_the_draws_of_another() {
    List<Draw> alone = draws(faults("{'decline_rate':0.5}"));
    List<Draw> together = draws(faults("{'decline_rate':0.5,'drop_rate':0.5}"));

    assertThat(together.stream().map(Draw::declines))
        .containsExactlyElementsOf(alone.stream().map(Draw::declines).toList());
  }

  @Test
  void declines_and_faults_are_independent() {
    long both =
        draws(faults("{'decline_rate':0.5,'drop_rate':0.5}")).stream()
            .filter(draw -> draw.declines() && draw.fault() == Fault.DROP)
            .count();

    assertThat(both / (double) MANY).isCloseTo(0.25, within(0.02));
  }

  @Test
  void latency_lies_between_its_base_and_base_plus_jitter() {
    List<Draw> draws = draws(faults("{'latency_ms':100,'latency_jitter_ms':5}"));

    assertThat(draws.stream().map(Draw::latencyMs).distinct())
        .containsExactlyInAnyOrder(100, 101, 102, 103, 104, 105);
  }

  private static List<Draw> draws(Faults faults) {
    return LongStream.range(0, MANY).mapToObj(n -> Draw.of(faults, n)).toList();
  }

  private static Faults faults(String change) {
    Faults none = Faults.none(Caches.SUCCESSES, Duration.ofHours(24), true, true);
    byte[] bytes = RunningProcessor.json(change).getBytes(StandardCharsets.UTF_8);
    return FaultsJson.merge(none, bytes).faults();
  }
}
