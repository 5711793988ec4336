package io.onceledger.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final long NOW = 1_000_000_000_000L;
  private static final long MILLI = 1_000_000L;

  /** Ten a second: a second to warm up, two that count. */
  private static Timetable timetable() {
    return new Timetable(new Load(1, 4, 10, 1, 2, Keys.fresh(), "00000001", List.of("sk"), ""), 64);
  }

  private static void request(Timetable timetable, int place, long begun, long answered) {
    timetable.begun(place, place, begun);
    timetable.status(place, 202);
    timetable.completed(place, place, answered);
  }

  private static long due(int place) {
    return NOW + place * 100L * MILLI;
  }

  @Test
  void a_request_that_is_sent_late_has_waited_since_it_was_due() {
    Timetable timetable = timetable();
    for (int place = 0; place < 30; place++) {
      // The twentieth is held up by 500 ms before it is sent, and answered 5 ms later.
      long late = place == 20 ? 500 * MILLI : 0;
      request(timetable, place, due(place) + late, due(place) + late + 5 * MILLI);
    }

    LoadResult result = timetable.result();

    assertThat(result.accepted()).isEqualTo(20);
    assertThat(result.failed()).isZero();
    assertThat(result.latency().most()).isBetween(505.0, 506.0);
    assertThat(result.latency().p50()).isBetween(5.0, 5.01);
    assertThat(result.fromSending().most()).isBetween(5.0, 5.01);
    assertThat(result.windows().get(1).latency().most()).isBetween(505.0, 506.0);
  }

  @Test
  void a_first_request_that_is_late_does_not_set_the_others_back() {
    Timetable timetable = timetable();
    for (int place = 0; place < 30; place++) {
      long late = place == 0 ? 300 * MILLI : 0;
      request(timetable, place, due(place) + late, due(place) + late + MILLI);
    }

    assertThat(timetable.result().latency().most()).isBetween(1.0, 1.01);
  }

  @Test
  void what_was_due_and_never_sent_has_failed_and_another_answer_is_refused() {
    Timetable timetable = timetable();
    for (int place = 0; place < 25; place++) {
      timetable.begun(place, place, due(place));
      timetable.status(place, place == 15 ? 503 : 202);
      timetable.completed(place, place, due(place) + MILLI);
    }

    LoadResult result = timetable.result();

    assertThat(result.accepted()).isEqualTo(14);
    assertThat(result.refused()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(5);
    assertThat(result.rate()).isEqualTo(7);
  }

  @Test
  void a_request_that_begins_before_its_time_has_not_waited_less_than_nothing() {
    Timetable timetable = timetable();
    for (int place = 0; place < 30; place++) {
      long early = place == 20 ? -7 * MILLI : 0;
      request(timetable, place, due(place) + early, due(place) + early + MILLI);
    }

    LoadResult result = timetable.result();

    assertThat(result.accepted()).isEqualTo(20);
    assertThat(result.latency().most()).isBetween(7.0, 9.0);
  }
}
