package io.onceledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.conformance.Conformance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged processes keep the contract, judged by the kit that judges anybody's. */
class ConformanceIT {

  @Test
  void every_rule_of_the_contract_holds(@TempDir Path data) throws IOException {
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(report, true, StandardCharsets.UTF_8);
    try (RunningStandalone standalone = new RunningStandalone(data, Map.of())) {
      String url = "http://127.0.0.1:" + standalone.apiPort();

      int exit = Conformance.run(List.of(url), Map.of(), out, out);

      assertThat(exit).as(report.toString(StandardCharsets.UTF_8)).isZero();
    }
  }
}
