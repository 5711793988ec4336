package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.RunningProcessor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SummaryTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void nothing_has_happened_at_first() throws Exception {
    assertThat(processor.summary())
        .isEqualTo(
            json(
                "{'requests':0,'effects':0,'absorbed':0,'max_effects_per_key':0,"
                    + "'double_effects':0,'declined':0,'canceled':0,'lookups':0,'cancels':0,"
                    + "'refund_effects':0,'disputes':0,'max_in_flight':0,'by_currency':{}}"));
  }

  @Test
  void everything_is_counted_once() throws Exception {
    String payment = processor.pay("a").text("id");
    processor.pay("a");
    processor.pay("b", "pm_card_declined");
    processor.pay("c", "pm_error_after_effect_once");
    processor.pay("c", "pm_error_after_effect_once");
    processor.send(
        processor.effect(
            "/payments",
            "d",
            "{'amount':70,'currency':'EUR','payment_method':'pm_x','reference':'ch_2'}"));
    processor.refund("r", payment, 300);
    processor.refund("r", payment, 300);
    processor.refund("s", payment, 701);
    processor.find("a");
    processor.find("x");
    processor.cancel("a");
    processor.cancel("y");
    processor.pay("y");

    assertThat(processor.summary())
        .isEqualTo(
            json(
                "{'requests':10,'effects':4,'absorbed':2,'max_effects_per_key':2,"
                    + "'double_effects':1,'declined':1,'canceled':1,'lookups':2,'cancels':2,"
                    + "'refund_effects':1,'disputes':0,'max_in_flight':1,"
                    + "'by_currency':{'EUR':{'effects':1,'amount':70},"
                    + "'USD':{'effects':3,'amount':3000}}}"));
  }

  @Test
  void the_most_requests_under_way_at_once_are_remembered() throws Exception {
    processor.faults("{'hang_ms':600000}");
    List<CompletableFuture<HttpResponse<String>>> hanging =
        IntStream.range(0, 3)
            .mapToObj(i -> processor.sendAsync(processor.payment("k" + i, "pm_timeout_once")))
            .toList();
    processor.awaitSummary(summary -> summary.path("requests").intValue() == 3);
    assertThat(processor.summary().path("max_in_flight").intValue()).isEqualTo(3);

    hanging.forEach(request -> request.cancel(true));
    processor.awaitSummary(summary -> inFlightAtNextRequest() == 1);

    assertThat(processor.summary().path("max_in_flight").intValue()).isEqualTo(3);
  }

  @Test
  void an_answered_request_is_no_longer_under_way() throws Exception {
    for (int i = 0; i < 5; i++) {
      processor.pay("k" + i);
    }

    assertThat(processor.summary().path("max_in_flight").intValue()).isEqualTo(1);
  }

  private int inFlightAtNextRequest() {
    processor.pay("next-" + System.nanoTime());
    List<String> lines = processor.text("/journal").lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1)).path("in_flight").intValue();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) throws java.io.IOException {
    return new ObjectMapper().readTree(RunningProcessor.json(text));
  }
}
