package io.onceledger.mockprocessor.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {
  @TempDir private Path directory;

  @Test
  void it_is_where_it_was_moved_to() throws IOException {
    try (Bookmark bookmark = Bookmark.open(directory, 0)) {
      bookmark.move(1_234_567);
      bookmark.move(89);
    }

    assertThat(position(100)).isEqualTo(89);
  }

  @Test
  void a_new_one_lies_at_the_end_and_stays_there() throws IOException {
    assertThat(position(70)).isEqualTo(70);
    assertThat(position(80)).isEqualTo(70);
  }

  @Test
  void one_from_a_longer_journal_is_put_at_the_end() throws IOException {
    position(70);

    assertThat(position(10)).isEqualTo(10);
    assertThat(position(70)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12", "-0000000000000000001", "99999999999999999999", "xxxxxxxxxxxxxxxxxxxx"})
  void one_that_cannot_be_read_is_a_new_one(String text) throws IOException {
    Files.writeString(directory.resolve("journal.notified"), text);

    assertThat(position(70)).isEqualTo(70);
  }

  private long position(long end) throws IOException {
    try (Bookmark bookmark = Bookmark.open(directory, end)) {
      return bookmark.position();
    }
  }
}
