package io.onceledger.core.settlement;

import io.onceledger.core.settlement.FileLines.Line;
import io.onceledger.core.settlement.ReportLine.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A settlement report: CSV in UTF-8 with a header, one record a line. Read as it arrives, in
 * pieces: memory does not grow with the file. One bad line is one bad line; a file without the
 * header, or that ends within a line, is not a report, or not all of one.
 */
public final class SettlementReport {

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final DigestInputStream file;
  private final FileLines lines;
  private boolean begun;

  /** Reads {@code file}, which its opener closes. */
  public SettlementReport(InputStream file) {
    this.file = new DigestInputStream(file, sha256());
    this.lines = new FileLines(this.file);
  }

  /**
   * The next lines, at most {@code limit}; none at the end.
   *
   * @throws UnreadableReportException when it is no report, or ends within a line
   * @throws IOException when it cannot be read any further
   */
  List<ReportLine> next(int limit) throws IOException {
    if (!begun) {
      readHeader();
      begun = true;
    }
    List<ReportLine> read = new ArrayList<>(limit);
    while (read.size() < limit) {
      Line line = lines.next();
      if (line == null) {
        break;
      }
      if (!line.ended()) {
        throw new UnreadableReportException(
            "The report ends within line %d".formatted(line.number()));
      }
      read.add(read(line));
    }
    return read;
  }

  /** SHA-256 of the file, which was read to its end. */
  byte[] digest() throws IOException {
    file.transferTo(OutputStream.nullOutputStream());
    return file.getMessageDigest().digest();
  }

  private void readHeader() throws IOException {
    Line header = lines.next();
    boolean known =
        header != null
            && header.ended()
            && header
                .text()
                .map(text -> text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .flatMap(LineReader::fields)
                .filter(LineReader.COLUMNS::equals)
                .isPresent();
    if (!known) {
      throw new UnreadableReportException(
          "The report does not begin with the columns " + String.join(",", LineReader.COLUMNS));
    }
  }

  private static ReportLine read(Line line) {
    return line.text()
        .map(text -> LineReader.read(line.number(), text))
        .orElseGet(
            () ->
                new Rejected(
                    line.number(),
                    "is longer than %d bytes, or not UTF-8".formatted(FileLines.LONGEST)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
