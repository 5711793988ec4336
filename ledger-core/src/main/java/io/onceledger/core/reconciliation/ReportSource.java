package io.onceledger.core.reconciliation;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;

/** Where reports come from. */
@FunctionalInterface
public interface ReportSource {

  /**
   * The report of {@code date}, read as it arrives. A report that is cut off must not end as if it
   * were whole: reading it throws.
   */
  InputStream open(LocalDate date) throws IOException;
}
