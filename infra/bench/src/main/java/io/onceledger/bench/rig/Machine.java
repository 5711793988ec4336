package io.onceledger.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What figures depend on besides the code. */
public final class Machine {
  private Machine() {}

  /** As it is now: call it before anything runs. */
  public static Map<String, String> now() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("processor", field(Path.of("/proc/cpuinfo"), "model name"));
    machine.put("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
    machine.put("load average at the start", first(Path.of("/proc/loadavg")));
    machine.put(
        "system",
        field(Path.of("/etc/os-release"), "PRETTY_NAME").replace("\"", "")
            + ", kernel "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    machine.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return machine;
  }

  private static String field(Path file, String name) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  private static String first(Path file) {
    return lines(file).stream().findFirst().orElse("unknown");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
