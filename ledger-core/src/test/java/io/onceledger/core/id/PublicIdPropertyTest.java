package io.onceledger.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.Misspellings;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PublicIdPropertyTest {

  @Property
  void every_id_is_read_from_its_own_text_and_only_as_its_own_kind(
      @ForAll PublicId kind, @ForAll PublicId other, @ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);

    assertThat(kind.parse(kind.text(id))).contains(id);
    assertThat(other.parse(kind.text(id)).isPresent()).isEqualTo(other == kind);
  }

  @Property
  void what_is_read_is_what_would_have_been_written(
      @ForAll PublicId kind, @ForAll("misspeltIds") String text) {
    kind.parse(text).ifPresent(id -> assertThat(kind.text(id)).isEqualTo(text));
  }

  @Property
  void no_text_breaks_it(@ForAll PublicId kind, @ForAll String text) {
    kind.parse(text).ifPresent(id -> assertThat(kind.text(id)).isEqualTo(text));
  }

  @Provide
  Arbitrary<String> misspeltIds() {
    return Combinators.combine(
            Arbitraries.of(PublicId.class), Arbitraries.longs(), Arbitraries.longs())
        .as((kind, high, low) -> kind.text(new UUID(high, low)))
        .flatMap(Misspellings::of);
  }
}
