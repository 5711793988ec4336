package io.onceledger.postgres;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that appear whole or not at all, and go away whole. */
final class Directories {
  private Directories() {}

  /** A directory for this user's temporary things; the name keeps two users apart. */
  static Path temporary() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "onceledger-" + System.getProperty("user.name"));
  }

  /** Puts a finished directory in its place; if another process was first, its one stays. */
  static void renameOrDiscard(Path finished, Path place) throws IOException {
    try {
      Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException never) {
      throw never; // both have one parent
    } catch (FileSystemException othersWereFirst) {
      if (!Files.isDirectory(place)) {
        throw othersWereFirst;
      }
      delete(finished);
    }
  }

  /** Deletes a directory with all that is in it; nothing happens if there is none. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
