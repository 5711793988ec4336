package io.onceledger.core.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void version_1_never_changes() {
    Fingerprint fingerprint =
        Fingerprint.of("POST /v1/charges")
            .add(1000)
            .add("USD")
            .add((String) null)
            .add(new TreeMap<>(Map.of("order", "7")))
            .done();

    assertThat(HexFormat.of().formatHex(fingerprint.bytes()))
        .isEqualTo("057e18ccd648f570d03b78630ae34cd47befcea74ca33f54a9b01c2298cf855f");
  }

  @Test
  void fields_do_not_run_together() {
    List<Fingerprint> all =
        List.of(
            Fingerprint.of("x").add("ab").add("c").done(),
            Fingerprint.of("x").add("a").add("bc").done(),
            Fingerprint.of("x").add("abc").done(),
            Fingerprint.of("x").add("abc").add("").done(),
            Fingerprint.of("x").add("abc").add((String) null).done(),
            Fingerprint.of("xabc").done());

    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void what_was_stored_equals_what_is_computed_again() {
    Fingerprint computed = Fingerprint.of("x").add("a").done();

    assertThat(Fingerprint.stored(computed.version(), computed.bytes()))
        .isEqualTo(computed)
        .hasSameHashCodeAs(computed);
  }
}
