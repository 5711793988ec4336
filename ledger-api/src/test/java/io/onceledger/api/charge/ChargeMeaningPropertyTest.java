package io.onceledger.api.charge;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.idempotency.Fingerprint;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Two requests have one fingerprint if and only if they mean the same. */
class ChargeMeaningPropertyTest {

  @Property
  void every_spelling_is_read_as_what_it_means(
      @ForAll("charges") ChargeRequest charge, @ForAll Random one, @ForAll Random other) {
    ChargeRequest first = ChargeBodies.read(ChargeBodies.write(charge, one));
    ChargeRequest second = ChargeBodies.read(ChargeBodies.write(charge, other));

    assertThat(first).isEqualTo(charge);
    assertThat(second).isEqualTo(charge);
    assertThat(first.fingerprint(Fingerprint.VERSION))
        .isEqualTo(second.fingerprint(Fingerprint.VERSION));
    assertThat(first.differences(second)).isEmpty();
  }

  @Property
  void another_meaning_is_another_fingerprint_and_named_the_same_from_both_sides(
      @ForAll("nearPairs") Tuple2<ChargeRequest, ChargeRequest> pair) {
    ChargeRequest first = pair.get1();
    ChargeRequest second = pair.get2();
    boolean same = first.equals(second);

    assertThat(
            first.fingerprint(Fingerprint.VERSION).equals(second.fingerprint(Fingerprint.VERSION)))
        .isEqualTo(same);
    assertThat(first.differences(second).isEmpty()).isEqualTo(same);
    assertThat(first.differences(second))
        .isEqualTo(second.differences(first))
        .doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<ChargeRequest> charges() {
    return AnyCharge.valid();
  }

  @Provide
  Arbitrary<Tuple2<ChargeRequest, ChargeRequest>> nearPairs() {
    return AnyCharge.valid()
        .flatMap(
            request ->
                Arbitraries.oneOf(
                        AnyCharge.near(request), AnyCharge.near(request).flatMap(AnyCharge::near))
                    .map(other -> Tuple.of(request, other)));
  }
}
