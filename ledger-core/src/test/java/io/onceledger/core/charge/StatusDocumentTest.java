package io.onceledger.core.charge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {

  @Test
  void the_table_in_the_docs_is_the_table_in_the_code() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../infra/docs/states.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| from"))
            .map(line -> line.replaceAll("[|, ]+", " ").strip())
            .toList();

    List<String> coded =
        Arrays.stream(Status.values())
            .map(
                from ->
                    from.text()
                        + Arrays.stream(Status.values())
                            .filter(from::canBecome)
                            .map(to -> " " + to.text())
                            .collect(Collectors.joining()))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(coded);
  }
}
