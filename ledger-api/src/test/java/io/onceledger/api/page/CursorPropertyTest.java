package io.onceledger.api.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.page.Position;
import io.onceledger.core.testing.Misspellings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CursorPropertyTest {

  private static final String LIST = "charges of a merchant";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/";

  @Property
  void a_place_is_read_as_it_was_written(
      @ForAll("positions") Position position, @ForAll String list) {
    assertThat(Cursor.read(Cursor.write(position, list), list)).contains(position);
  }

  @Property
  void a_cursor_is_of_one_list_only(
      @ForAll("positions") Position position,
      @ForAll("lists") String list,
      @ForAll("lists") String other) {
    assertThat(Cursor.read(Cursor.write(position, list), other).isPresent())
        .isEqualTo(list.equals(other));
  }

  /**
   * The digest has no secret: anybody can write a cursor, and none beyond what can be asked for.
   */
  @Property(tries = 20)
  void a_place_outside_of_all_years_is_none(@ForAll("lists") String list) {
    for (String text : List.of("0000-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z")) {
      Position position = new Position(Instant.parse(text), new UUID(1, 2));
      assertThat(Cursor.read(Cursor.write(position, list), list)).isEmpty();
    }
  }

  @Property
  void a_cursor_that_was_changed_is_none(@ForAll("misspeltCursors") String cursor) {
    assertThat(Cursor.read(cursor, LIST)).isEmpty();
  }

  @Property(tries = 20)
  void no_other_character_can_stand_at_any_place(@ForAll("positions") Position position) {
    String cursor = Cursor.write(position, LIST);
    for (int i = 0; i < cursor.length(); i++) {
      for (int j = 0; j < ALPHABET.length(); j++) {
        String other = cursor.substring(0, i) + ALPHABET.charAt(j) + cursor.substring(i + 1);
        assertThat(Cursor.read(other, LIST).isPresent()).isEqualTo(other.equals(cursor));
      }
    }
  }

  @Property
  void any_text_is_no_cursor(@ForAll String text) {
    assertThat(Cursor.read(text, LIST)).isEmpty();
  }

  /** The years of RFC 3339, in PostgreSQL's microseconds. */
  @Provide
  Arbitrary<Position> positions() {
    Arbitrary<Long> seconds =
        Arbitraries.longs()
            .between(
                Instant.parse("0001-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());
    Arbitrary<Integer> micros = Arbitraries.integers().between(0, 999_999);
    Arbitrary<UUID> ids =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    return Combinators.combine(seconds, micros, ids)
        .as((second, micro, id) -> new Position(Instant.ofEpochSecond(second, micro * 1_000L), id));
  }

  /** Any text that has UTF-8: what has none is not told apart. */
  @Provide
  Arbitrary<String> lists() {
    return Arbitraries.strings().filter(text -> UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<String> misspeltCursors() {
    return positions().map(position -> Cursor.write(position, LIST)).flatMap(Misspellings::of);
  }
}
