package io.onceledger.bench.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processes of a stack as the kernel counts them, by the names of their pid files. Empty where
 * there is no {@code /proc}.
 */
public final class Processes {
  /** Linux tells times to programs in hundredths of a second, whatever it counts in. */
  private static final double TICKS = 100;

  private static final Path PROC = Path.of("/proc");

  /** Behind the name, which may hold blanks, in {@code /proc/PID/stat}. */
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final int CHILDREN_UTIME = 13;
  private static final int CHILDREN_STIME = 14;

  private final Map<String, Long> pids;

  private Processes(Map<String, Long> pids) {
    this.pids = pids;
  }

  static Processes of(Path run) {
    Map<String, Long> pids = new TreeMap<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".pid")).toList()) {
        String name = file.getFileName().toString().replace(".pid", "");
        pids.put(name, Long.valueOf(Files.readString(file).strip()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Processes(pids);
  }

  /**
   * Seconds of CPU so far, by name; PostgreSQL with all its children. {@code generator} is what our
   * children have used that have ended, so it counts a load once it is over.
   */
  public Map<String, Double> cpuSeconds() {
    Map<String, Double> seconds = new TreeMap<>();
    pids.forEach((name, pid) -> seconds.put(name, name.equals("postgres") ? tree(pid) : own(pid)));
    seconds.put("generator", children(ProcessHandle.current().pid()));
    return seconds;
  }

  /** MiB that each has in memory now; without PostgreSQL, whose processes share pages. */
  public Map<String, Double> residentMebibytes() {
    Map<String, Double> resident = new TreeMap<>();
    pids.forEach(
        (name, pid) -> status(pid, "VmRSS").ifPresent(v -> resident.put(name, v / 1024.0)));
    resident.remove("postgres");
    return resident;
  }

  /** MiB that each has ever had in memory. */
  public Map<String, Double> peakMebibytes() {
    Map<String, Double> resident = new TreeMap<>();
    pids.forEach(
        (name, pid) -> status(pid, "VmHWM").ifPresent(v -> resident.put(name, v / 1024.0)));
    resident.remove("postgres");
    return resident;
  }

  private static double own(long pid) {
    return ticks(pid, UTIME, STIME);
  }

  private static double children(long pid) {
    return ticks(pid, CHILDREN_UTIME, CHILDREN_STIME);
  }

  private static double tree(long pid) {
    double seconds = own(pid) + children(pid);
    for (ProcessHandle child :
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList()) {
      seconds += own(child.pid());
    }
    return seconds;
  }

  private static double ticks(long pid, int... fields) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int field : fields) {
        ticks += Long.parseLong(values[field]);
      }
      return ticks / TICKS;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static OptionalLong status(long pid, String name) {
    try {
      List<String> lines = Files.readAllLines(PROC.resolve(pid + "/status"));
      return lines.stream()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }
}
