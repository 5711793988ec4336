package io.onceledger.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code infra/docs/configuration.md}, held against what an application can be told. */
public final class ConfigurationDocument {

  private static final Path DOCUMENT = Path.of("../infra/docs/configuration.md");

  private ConfigurationDocument() {}

  /** Each mapped property of {@code rootPackage} has a row, with the default that it has. */
  public static void assertNamesAllOf(String rootPackage) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    Map<String, String> properties = properties(rootPackage);
    assertThat(properties).as("properties in %s", rootPackage).isNotEmpty();
    properties.forEach(
        (name, value) -> {
          String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
          String row =
              "| `%s` | %s".formatted(variable, value == null ? "| " : "`" + value + "` |");
          assertThat(lines).as("row of %s", name).anyMatch(line -> line.startsWith(row));
        });
  }

  private static Map<String, String> properties(String rootPackage) {
    Map<String, String> properties = new TreeMap<>();
    for (JavaClass each : new ClassFileImporter().importPackages(rootPackage)) {
      if (each.isAnnotatedWith(ConfigMapping.class)) {
        properties.putAll(ConfigClass.configClass(each.reflect()).getProperties());
      }
    }
    return properties;
  }
}
