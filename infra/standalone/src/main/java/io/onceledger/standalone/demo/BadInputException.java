package io.onceledger.standalone.demo;

import java.util.ArrayList;
import java.util.List;

/** The arguments or the file cannot be used; nothing has been sent. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Enough to see what is wrong with a file, few enough to read. */
  private static final int SHOWN = 20;

  private final transient List<String> complaints;

  public BadInputException(List<String> complaints) {
    super(String.join("; ", complaints));
    this.complaints = List.copyOf(complaints);
  }

  /** One complaint a line. */
  public List<String> lines() {
    if (complaints.size() <= SHOWN) {
      return complaints;
    }
    List<String> lines = new ArrayList<>(complaints.subList(0, SHOWN));
    lines.add("and " + (complaints.size() - SHOWN) + " more");
    return lines;
  }
}
