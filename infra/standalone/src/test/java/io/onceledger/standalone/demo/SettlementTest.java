package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.standalone.demo.FakeServer.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlementTest {

  @Test
  void it_waits_for_its_own_charges_through_pending_and_unknown() throws IOException {
    try (FakeServer api =
        new FakeServer(
            (asked, before) ->
                asked.path().contains("pending")
                    ? page(before == 0 ? "ch_1 ch_other" : "ch_other")
                    : page(before == 1 ? "ch_1" : ""))) {
      List<Integer> open = new ArrayList<>();
      settlement(api, Duration.ofMinutes(1)).await(Set.of("ch_1", "ch_2"), open::add);
      assertThat(open).containsExactly(1, 1, 0);
    }
  }

  @Test
  void it_does_not_wait_for_ever() throws IOException {
    try (FakeServer api = new FakeServer((asked, before) -> page("ch_1"))) {
      List<Integer> open = new ArrayList<>();
      settlement(api, Duration.ofMillis(10)).await(Set.of("ch_1"), open::add);
      assertThat(open.get(open.size() - 1)).isEqualTo(1);
    }
  }

  private static Settlement settlement(FakeServer api, Duration patience) {
    return new Settlement(
        new LedgerApi(new Http(), api.address()),
        new Patience("answer", Duration.ofSeconds(10)),
        new Patience("charge became final", patience));
  }

  private static Told page(String ids) {
    StringBuilder data = new StringBuilder();
    for (String id : ids.isEmpty() ? new String[0] : ids.split(" ", -1)) {
      data.append(data.isEmpty() ? "" : ",").append("{\"id\":\"").append(id).append("\"}");
    }
    return new Told(200, false, "{\"data\":[" + data + "],\"next_cursor\":null}");
  }
}
