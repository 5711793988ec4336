package io.onceledger.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the server runs with; given on its command line, so that no file can say otherwise. */
final class ServerSettings {
  /** PostgreSQL's default. */
  private static final long LEAST_BUFFERS_MB = 128;

  /** Ten million charges with all that they leave are 16 GB; half of it is never read again. */
  private static final long MOST_BUFFERS_MB = 8_192;

  private ServerSettings() {}

  /** The value of pg_ctl's {@code -o}, which passes through a shell: no value has a space. */
  static String commandLine(int port) {
    return settings(port).entrySet().stream()
        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, String> settings(int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("port", Integer.toString(port));
    settings.put("listen_addresses", "127.0.0.1");
    // No socket file: two servers of two users never meet in one directory.
    settings.put("unix_socket_directories", "");
    // Money: an acknowledged commit survives a power cut. The API refuses to be ready without them.
    settings.put("fsync", "on");
    settings.put("full_page_writes", "on");
    settings.put("synchronous_commit", "on");
    // The pools of an API and several workers, or of the tests of two modules, with room for tools.
    settings.put("max_connections", "200");
    // A request repeated after months needs any page of the keys and charges. Taken as it fills.
    settings.put("shared_buffers", sharedBuffersMegabytes() + "MB");
    // At 10 000 charges a second some 30 MB/s of WAL, and more after each checkpoint, when each
    // page that a random key touches is written whole: one in two minutes. Quiet ledgers never take
    // it.
    settings.put("max_wal_size", "4GB");
    // A new segment of the log is not filled with zeros before it is used: a commit waited 20 to
    // 120 ms for that, every two seconds at 8,000 charges a second, until the first checkpoint left
    // some to be used again.
    settings.put("wal_init_zero", "off");
    // Outbox rows live for milliseconds: in a minute, the default, a million dead ones pile up.
    settings.put("autovacuum_naptime", "10s");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    // The constraints are the authority: a lost insert race is daily business, not a log line.
    settings.put("log_min_messages", "warning");
    settings.put("log_min_error_statement", "panic");
    return settings;
  }

  /** A quarter of the memory, as PostgreSQL's manual has it; of the container's, if it has less. */
  private static long sharedBuffersMegabytes() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long quarter = machine.getTotalMemorySize() / 4 / (1 << 20);
    return Math.max(LEAST_BUFFERS_MB, Math.min(quarter, MOST_BUFFERS_MB));
  }
}
