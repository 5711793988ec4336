package io.onceledger.api.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the checked-in document, {@code ledger-api/openapi.json}, to what the API serves, byte for
 * byte: who changes the API sees in review what its clients will see. {@code -Dopenapi.accept}
 * writes the served document over it; a change that breaks clients needs {@code
 * -Dopenapi.accept=breaking}.
 */
@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class OpenApiSnapshotTest {

  private static final Path SNAPSHOT = Path.of("openapi.json");
  private static final String ACCEPT = "openapi.accept";
  private static final String COMMAND =
      "mvn -pl ledger-api -am verify -Dtest=OpenApiSnapshotTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + ACCEPT;

  @Test
  void the_snapshot_is_what_the_api_serves() throws IOException {
    byte[] served = given().accept("application/json").get("/openapi").asByteArray();
    byte[] kept =
        Files.exists(SNAPSHOT)
            ? Files.readAllBytes(SNAPSHOT)
            : "{}".getBytes(StandardCharsets.UTF_8);
    if (java.util.Arrays.equals(served, kept)) {
      return;
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode before = json.readTree(kept);
    JsonNode after = json.readTree(served);
    List<String> breaking = BreakingChanges.between(before, after);
    String accepted = System.getProperty(ACCEPT);
    if (accepted != null && (breaking.isEmpty() || accepted.equals("breaking"))) {
      Files.write(SNAPSHOT, served);
      return;
    }
    fail(report(Differences.between(before, after), breaking));
  }

  private static String report(List<String> differences, List<String> breaking) {
    return """
    The API and ledger-api/openapi.json differ:
      %s
    %s
    If that is meant, accept it and commit the file:
      %s%s\
    """
        .formatted(
            differences.isEmpty()
                ? "the order or the layout only"
                : String.join("\n  ", differences),
            breaking.isEmpty()
                ? "No client breaks."
                : "This breaks clients:\n  " + String.join("\n  ", breaking),
            COMMAND,
            breaking.isEmpty() ? "" : "=breaking");
  }
}
