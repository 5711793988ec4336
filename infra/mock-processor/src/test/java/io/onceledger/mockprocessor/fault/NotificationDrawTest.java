package io.onceledger.mockprocessor.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onceledger.mockprocessor.RunningProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NotificationDrawTest {
  private static final int MANY = 20_000;

  @Test
  void by_default_every_notification_is_sent_once_and_at_once() {
    assertThat(draws("{}")).containsOnly(new NotificationDraw(false, false, 0));
  }

  @Test
  void the_same_seed_draws_the_same_and_another_otherwise() {
    String rates = "'notification_duplicate_rate':0.5,'notification_reorder_rate':0.5}";

    assertThat(draws("{'seed':7," + rates)).isEqualTo(draws("{'seed':7," + rates));
    assertThat(draws("{'seed':7," + rates)).isNotEqualTo(draws("{'seed':8," + rates));
  }

  @Test
  void a_seed_stands_for_the_same_draws_in_every_version() {
    String drawn =
        draws("{'seed':42,'notification_duplicate_rate':0.3,'notification_reorder_rate':0.3}")
            .stream()
            .limit(40)
            .map(draw -> (draw.duplicated() ? "D" : "") + draw.overtakenBy())
            .collect(Collectors.joining());

    assertThat(drawn).isEqualTo("00D00D003D0D00D01D000000D00020D33D13D4D002D20D3D0D0D00D03");
  }

  @Test
  void each_comes_as_often_as_its_rate_says() {
    List<NotificationDraw> draws =
        draws(
            "{'notification_rate':0.9,'notification_duplicate_rate':0.2,"
                + "'notification_reorder_rate':0.3}");

    assertThat(share(draws.stream().filter(NotificationDraw::lost).count()))
        .isCloseTo(0.1, within(0.01));
    assertThat(share(draws.stream().filter(NotificationDraw::duplicated).count()))
        .isCloseTo(0.2, within(0.01));
    assertThat(share(draws.stream().filter(draw -> draw.overtakenBy() > 0).count()))
        .isCloseTo(0.3, within(0.01));
  }

  @Test
  void one_is_overtaken_by_one_to_four() {
    assertThat(draws("{'notification_reorder_rate':1}").stream().map(NotificationDraw::overtakenBy))
        .containsOnly(1, 2, 3, 4);
  }

  private static double share(long count) {
    return count / (double) MANY;
  }

  private static List<NotificationDraw> draws(String change) {
    Faults none = Faults.none(Caches.SUCCESSES, Duration.ofHours(24), true, true);
    byte[] bytes = RunningProcessor.json(change).getBytes(StandardCharsets.UTF_8);
    Faults faults = FaultsJson.merge(none, bytes).faults();
    return LongStream.range(0, MANY).mapToObj(n -> NotificationDraw.of(faults, n)).toList();
  }
}
