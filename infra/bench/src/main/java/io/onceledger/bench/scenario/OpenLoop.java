package io.onceledger.bench.scenario;

import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.load.LoadResult.Window;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.report.Series.Point;
import java.util.function.ToDoubleFunction;

/** What open loops are told by, each time the same. */
final class OpenLoop {
  private OpenLoop() {}

  static void tell(Findings findings, String name, LoadResult result) {
    findings.figure(name + ", rate", "/s", result.rate());
    findings.figure(name + ", p50", "ms", result.latency().p50());
    findings.figure(name + ", p99", "ms", result.latency().p99());
    findings.figure(name + ", p99.9", "ms", result.latency().p999());
    findings.figure(name + ", p99 from the sending", "ms", result.fromSending().p99());
    findings.figure(
        name + ", not accepted or not in time to be sent",
        "",
        (double) result.refused() + result.failed());
  }

  static Series line(String name, LoadResult result, ToDoubleFunction<Window> figure) {
    return new Series(
        name,
        result.windows().stream()
            .filter(window -> window.accepted() > 0)
            .map(window -> new Point(window.second(), figure.applyAsDouble(window)))
            .toList());
  }
}
