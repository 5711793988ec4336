package io.onceledger.core.settlement;

/**
 * What became of the lines of a report: their sum is all of them.
 *
 * @param imported new, and booked
 * @param duplicates stored before, with the same figures and time
 * @param rejected could not be read, or contradict what is stored
 */
public record ImportCounts(long imported, long duplicates, long rejected) {

  static final ImportCounts NONE = new ImportCounts(0, 0, 0);

  /** All of them. */
  public long lines() {
    return imported + duplicates + rejected;
  }

  ImportCounts plus(ImportCounts more) {
    return new ImportCounts(
        imported + more.imported, duplicates + more.duplicates, rejected + more.rejected);
  }
}
