package io.onceledger.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.Misspellings;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PreferredWaitPropertyTest {

  @Property
  void any_number_of_seconds_counts_up_to_thirty(@ForAll @LongRange(min = 0) long seconds) {
    assertThat(PreferredWait.seconds(List.of("wait=" + seconds)))
        .hasValue((int) Math.min(30, seconds));
  }

  @Property
  void whatever_the_header_says_the_wait_is_at_most_thirty_seconds_or_none(
      @ForAll @Size(max = 3) List<@From("headers") String> lines) {
    PreferredWait.seconds(lines).ifPresent(wait -> assertThat(wait).isBetween(0, 30));
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> nearly =
        Arbitraries.of(
                "wait=10", "respond-async, wait=7;a=b", "wait=\"10\"", "wait=00000000000000000001")
            .flatMap(Misspellings::of);
    return Arbitraries.oneOf(nearly, Arbitraries.strings());
  }
}
