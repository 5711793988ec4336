package io.onceledger.mockprocessor.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.idempotency.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-03-14T12:00:00.000123Z");
  private static final Key KEY = new Key(Resource.PAYMENT, "mer_\u20ac", "a \"quoted\" key");
  private static final Instruction PAYMENT =
      new Instruction(KEY, 1_000, "USD", "pm_card_visa", "ch_\n1");
  private static final Instruction REFUND =
      new Instruction(new Key(Resource.REFUND, "mer_a", "r"), 5, "EUR", "pay_x1", "re_1");

  @TempDir private Path directory;

  static Stream<Entry> entries() {
    return Stream.of(
        Entry.of(AT, Kind.EFFECT, PAYMENT)
            .result(77, null)
            .pinning(Pin.RESULT)
            .answered(201)
            .arrived(true, 3),
        Entry.of(AT, Kind.DECLINE, PAYMENT).result(78, "card_declined").pinning(Pin.FAILURE),
        Entry.of(AT, Kind.EFFECT, REFUND).result(79, null),
        Entry.of(AT, Kind.FAILED, REFUND).answered(500),
        Entry.of(AT, Kind.REFUSED, Resource.REFUND).answered(400).arrived(false, 1),
        Entry.of(AT, Kind.CANCEL, KEY).pinning(Pin.TOMBSTONE),
        Entry.of(AT, Kind.LOOKUP, REFUND.key()));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void an_entry_is_read_back_as_it_was_written(Entry entry) throws IOException {
    append(entry);

    assertThat(replayed()).containsExactly(entry);
  }

  @Test
  void a_line_is_in_the_file_when_append_returns() throws IOException {
    try (Journal journal = Journal.open(directory, entry -> {})) {
      journal.append(Entry.of(AT, Kind.CANCEL, KEY));

      assertThat(Files.readAllLines(file())).hasSize(1);
    }
  }

  @Test
  void every_line_has_the_members_that_readers_rely_on() throws IOException {
    append(Entry.of(AT, Kind.REFUSED, Resource.PAYMENT));

    assertThat(Files.readString(file()))
        .isEqualTo(
            "{\"at\":\"2026-03-14T12:00:00.000123Z\",\"kind\":\"refused\",\"type\":\"payment\","
                + "\"merchant_account\":null,\"idempotency_key\":null,\"payment\":null,"
                + "\"reference\":null,\"amount\":null,\"currency\":null,"
                + "\"status\":\"refused\"}\n");
  }

  @Test
  void a_torn_last_line_is_dropped_and_overwritten() throws IOException {
    append(Entry.of(AT, Kind.CANCEL, KEY));
    String longerThanTheNextLine = "{\"at\":\"2026-03-14T12" + " ".repeat(1_000);
    Files.writeString(file(), longerThanTheNextLine, StandardOpenOption.APPEND);

    append(Entry.of(AT, Kind.LOOKUP, KEY));

    assertThat(Files.readString(file())).endsWith("}\n");
    assertThat(replayed()).extracting(Entry::kind).containsExactly(Kind.CANCEL, Kind.LOOKUP);
  }

  @Test
  void a_damaged_line_is_no_torn_one_and_stops_the_start() throws IOException {
    Files.writeString(file(), "{\"at\":\"nonsense\"}\n");

    assertThatThrownBy(this::replayed)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged");
    assertThat(Files.size(file())).isPositive();
  }

  @Test
  void a_tail_that_is_longer_than_any_line_stops_the_start() throws IOException {
    Files.write(file(), new byte[JournalReader.PIECE_BYTES]);

    assertThatThrownBy(this::replayed).hasMessageContaining("is damaged");
    assertThat(Files.size(file())).isEqualTo(JournalReader.PIECE_BYTES);
  }

  @Test
  void only_one_can_have_it_open() throws IOException {
    try (Journal journal = Journal.open(directory, entry -> {})) {
      assertThatThrownBy(this::replayed).hasMessageContaining("another process");
      assertThat(journal.path()).exists();
    }
    assertThat(replayed()).isEmpty();
  }

  @Test
  void a_reader_gets_whole_lines_up_to_where_the_journal_was() throws IOException {
    try (Journal journal = Journal.open(directory, entry -> {})) {
      IntStream.range(0, 2_000).forEach(i -> journal.append(Entry.of(AT, Kind.LOOKUP, KEY)));
      String all = Files.readString(file());
      try (JournalReader reader = journal.reader()) {
        journal.append(Entry.of(AT, Kind.CANCEL, KEY));

        StringBuilder read = new StringBuilder();
        int pieces = 0;
        for (byte[] piece = reader.next(); piece.length > 0; piece = reader.next()) {
          assertThat(piece[piece.length - 1]).isEqualTo((byte) '\n');
          read.append(new String(piece, UTF_8));
          pieces++;
        }

        assertThat(read).hasToString(all);
        assertThat(pieces).isGreaterThan(2);
      }
    }
  }

  private void append(Entry entry) throws IOException {
    try (Journal journal = Journal.open(directory, replayed -> {})) {
      journal.append(entry);
    }
  }

  private List<Entry> replayed() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Journal journal = Journal.open(directory, entries::add)) {
      assertThat(journal.path()).isEqualTo(file());
    }
    return entries;
  }

  private Path file() {
    return directory.resolve("journal.ndjson");
  }
}
