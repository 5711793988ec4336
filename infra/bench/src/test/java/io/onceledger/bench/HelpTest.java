package io.onceledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.bench.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HelpTest {

  @Test
  void the_help_and_the_documentation_name_every_scenario() throws IOException {
    String script = Files.readString(Path.of("run"));
    String documentation = Files.readString(Path.of("../docs/bench.md"));

    for (Scenario scenario : Scenario.all()) {
      assertThat(script).containsPattern("(?m)^  " + scenario.name() + " +\\S");
      assertThat(documentation).contains("| `" + scenario.name() + "` |");
    }
  }

  @Test
  void every_scenario_has_a_name_of_its_own_and_says_what_it_does() {
    Map<String, Scenario> byName =
        Scenario.all().stream().collect(Collectors.toMap(Scenario::name, scenario -> scenario));

    assertThat(byName).hasSameSizeAs(Scenario.all());
    assertThat(Scenario.all()).allSatisfy(s -> assertThat(s.purpose()).endsWith("."));
  }
}
