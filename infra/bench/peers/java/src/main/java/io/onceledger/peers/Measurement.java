package io.onceledger.peers;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One way to measure a peer, in a schema that is empty at first and dropped afterwards. */
interface Measurement {

  /**
   * Measures, which can take minutes.
   *
   * @return one map of figures for each result; each has a {@code value} and its {@code unit}
   */
  List<Map<String, Object>> measure(Stage stage) throws IOException, SQLException;
}
