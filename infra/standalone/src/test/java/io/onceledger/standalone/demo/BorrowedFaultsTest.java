package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.demo.FakeServer.Asked;
import io.onceledger.standalone.demo.FakeServer.Told;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BorrowedFaultsTest {
  private static final String BEFORE = "{\"lost_ack_rate\":0.5,\"seed\":3}";

  @Test
  void the_faults_before_are_restored_even_if_the_task_fails() throws IOException {
    try (FakeServer server = new FakeServer((asked, before) -> new Told(200, false, BEFORE))) {
      Patience patience = new Patience("answer", Duration.ofSeconds(10));
      assertThatThrownBy(
              () ->
                  BorrowedFaults.during(
                      () -> {
                        throw new GivenUpException("no luck");
                      },
                      new Processor(new Http(), server.address()),
                      Processor.someFaults(7),
                      patience))
          .hasMessage("no luck");
      assertThat(
              server.asked().stream()
                  .filter(asked -> asked.method().equals("PUT"))
                  .map(Asked::body))
          .containsExactly(
              "{\"lost_ack_rate\":0.05,\"error_after_effect_rate\":0.05,\"seed\":7}", BEFORE);
    }
  }
}
