package io.onceledger.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.standalone.demo.Http;
import java.util.List;
import java.util.Map;

/**
 * A whole run.
 *
 * @param machine and everything else that the figures depend on, by name
 */
public record Report(String at, Map<String, String> machine, List<Findings> scenarios) {

  public boolean holds() {
    return scenarios.stream().allMatch(Findings::hold);
  }

  /** Everything, samples included. */
  public ObjectNode json() {
    ObjectNode json = Http.JSON.createObjectNode();
    json.put("at", at);
    json.put("holds", holds());
    json.set("machine", Http.JSON.valueToTree(machine));
    ArrayNode all = json.putArray("scenarios");
    scenarios.forEach(findings -> all.add(json(findings)));
    return json;
  }

  private static ObjectNode json(Findings findings) {
    ObjectNode json = Http.JSON.createObjectNode();
    json.put("scenario", findings.scenario());
    json.put("purpose", findings.purpose());
    json.put("holds", findings.hold());
    ArrayNode figures = json.putArray("figures");
    for (Figure figure : findings.figures()) {
      ObjectNode one = figures.addObject();
      one.put("name", figure.name()).put("unit", figure.unit());
      one.put("median", figure.median()).put("least", figure.least()).put("most", figure.most());
      one.set("samples", Http.JSON.valueToTree(figure.samples()));
    }
    json.set("requirements", Http.JSON.valueToTree(findings.requirements()));
    json.set("charts", Http.JSON.valueToTree(findings.charts()));
    json.set("remarks", Http.JSON.valueToTree(findings.remarks()));
    return json;
  }
}
