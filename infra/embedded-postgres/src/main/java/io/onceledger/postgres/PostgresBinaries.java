package io.onceledger.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The programs of PostgreSQL, unpacked once per user and version into {@code ~/.cache/onceledger}.
 *
 * <p>Two processes may unpack at once: each unpacks into a directory of its own, and one rename
 * wins. A crash half-way leaves a directory that nobody looks at.
 */
record PostgresBinaries(Path home) {

  static PostgresBinaries unpacked() throws IOException {
    byte[] archive = archive();
    Path home = cache().resolve("postgres-" + sha256(archive).substring(0, 16));
    if (!Files.isDirectory(home)) {
      Path unpacking = Files.createTempDirectory(home.getParent(), "unpacking-");
      TarXz.unpack(new ByteArrayInputStream(archive), unpacking);
      Directories.renameOrDiscard(unpacking, home);
    }
    return new PostgresBinaries(home);
  }

  /**
   * The command that runs a program. PostgreSQL refuses to run as root; in a user namespace of its
   * own it is nobody, and still owns what root owns.
   */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) { // true only for root, and only where it works
      command.addAll(List.of("unshare", "-U"));
    } else if (isRoot()) {
      throw new PostgresUnavailableException(
          "PostgreSQL does not run as root and `unshare -U` is forbidden here:"
              + " use another user, or an existing server (LEDGER_DATABASE_URL)");
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
      return archive.readAllBytes();
    } catch (IllegalStateException noBinary) {
      throw new PostgresUnavailableException(
          "no PostgreSQL comes with this build for "
              + System.getProperty("os.name")
              + "/"
              + System.getProperty("os.arch")
              + ": use an existing server (LEDGER_DATABASE_URL)",
          noBinary);
    }
  }

  /** The home directory if it can be written to; accounts of containers often have none. */
  private static Path cache() throws IOException {
    Path preferred = Path.of(System.getProperty("user.home"), ".cache", "onceledger");
    try {
      return Files.createDirectories(preferred);
    } catch (IOException noHome) {
      return Files.createDirectories(Directories.temporary());
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
