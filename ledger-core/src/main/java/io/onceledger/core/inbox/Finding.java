package io.onceledger.core.inbox;

import java.util.Locale;

/** What became of a notification. */
public enum Finding {
  /** It changed something. */
  APPLIED,
  /** It said what was known already. */
  KNOWN,
  /** It tells a part of a dispute whose time has not come: it counts when that has. */
  WAITING,
  /** It contradicts what we know, wholly or in part; a person is asked where there is a charge. */
  MISMATCH,
  /** It had come before, and did nothing this time. */
  SEEN;

  /** As it is written in SQL; never for one that was seen before. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
