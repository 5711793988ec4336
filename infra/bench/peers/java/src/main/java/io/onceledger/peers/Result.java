package io.onceledger.peers;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** One measurement, as a line for people and as one for {@code --json}. */
record Result(Map<String, Object> members) {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  static Result of(Stage stage, Map<String, Object> figures) throws SQLException {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("peer", stage.peer().label());
    members.put("version", stage.version());
    members.put("scenario", stage.scenario().label());
    members.putAll(figures);
    members.put("settings", stage.settings());
    members.put("postgres", stage.database().version());
    members.put("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    members.put(
        "load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    members.put("cores", Runtime.getRuntime().availableProcessors());
    return new Result(members);
  }

  /** The figures only. */
  String line() {
    StringBuilder line = new StringBuilder();
    members.forEach(
        (name, value) -> {
          switch (name) {
            case "value" -> line.append(value == null ? "none" : value);
            case "unit" -> line.append(' ').append(value);
            case "peer", "version", "scenario", "settings", "postgres", "measured_at", "cores" -> {}
            default -> line.append("  ").append(name).append('=').append(value);
          }
        });
    return line.toString();
  }

  /** Appends a line of JSON; without a file nothing happens. */
  void appendTo(Path file) throws IOException {
    if (file != null) {
      Files.writeString(
          file, GSON.toJson(members) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
