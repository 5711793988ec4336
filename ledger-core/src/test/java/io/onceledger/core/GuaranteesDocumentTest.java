package io.onceledger.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise whose test was renamed or removed is no promise any more. */
class GuaranteesDocumentTest {

  private static final Pattern TEST =
      Pattern.compile("`(?:([A-Z]\\w+(?:Test|IT))|)(?:\\.([a-z]\\w+))?`");

  @Test
  void every_test_that_the_guarantees_name_exists() throws IOException {
    List<String> tests =
        Files.readAllLines(Path.of("../infra/docs/guarantees.md")).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.substring(line.lastIndexOf("| ", line.length() - 2)))
            .flatMap(cell -> TEST.matcher(cell).results())
            .flatMap(match -> Stream.of(match.group(1), match.group(2)))
            .filter(name -> name != null)
            .distinct()
            .toList();
    String sources = testSources();

    assertThat(tests).hasSizeGreaterThan(25);
    assertThat(tests)
        .allMatch(
            name -> sources.contains("class " + name) || sources.contains("void " + name + "("));
  }

  private static String testSources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*\\.java"))
          .map(GuaranteesDocumentTest::read)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
