package io.onceledger.mockprocessor.notification;

import io.onceledger.mockprocessor.journal.EntryReader;
import io.onceledger.mockprocessor.journal.JournalReader;
import io.onceledger.mockprocessor.journal.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A stretch of the journal, and how much of what it says has yet to be sent. */
final class Page {
  private final List<Notification> notifications;
  private final long end;
  private int open;

  private Page(List<Notification> notifications, long end) {
    this.notifications = notifications;
    this.end = end;
  }

  /** The next piece of the journal, some two hundred lines; blocks, and closes the reader. */
  static Page read(JournalReader journal) throws IOException {
    List<Notification> notifications = new ArrayList<>();
    try (journal) {
      Lines.forEach(
          journal.next(),
          (bytes, from, length) ->
              Notification.of(EntryReader.read(bytes, from, length)).ifPresent(notifications::add));
      return new Page(notifications, journal.position());
    }
  }

  List<Notification> notifications() {
    return notifications;
  }

  /** Where it ends in the journal, in bytes. */
  long end() {
    return end;
  }

  void opened() {
    open++;
  }

  void finished() {
    open--;
  }

  boolean isFinished() {
    return open == 0;
  }
}
