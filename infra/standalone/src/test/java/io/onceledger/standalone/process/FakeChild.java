package io.onceledger.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A child process that says in a file when it is up and when it was asked to end: {@code FakeChild
 * DIRECTORY NAME works|lingers|refuses|hangs}.
 */
public final class FakeChild {
  private FakeChild() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    String name = arguments[1];
    switch (arguments[2]) {
      case "refuses" -> {
        System.out.println("ERROR the database is on holiday");
        System.exit(3);
      }
      case "hangs" -> new CountDownLatch(1).await();
      default -> {
        boolean lingers = arguments[2].equals("lingers");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory, name, lingers)));
        note(directory, name + " started");
        Files.writeString(ready(directory, name), "");
        new CountDownLatch(1).await();
      }
    }
  }

  static Path ready(Path directory, String name) {
    return directory.resolve(name + ".ready");
  }

  static Path events(Path directory) {
    return directory.resolve("events");
  }

  static Path release(Path directory, String name) {
    return directory.resolve(name + ".release");
  }

  /** One that lingers drains its requests until it is released, and for a second more. */
  private static void stop(Path directory, String name, boolean lingers) {
    if (lingers) {
      note(directory, name + " stopping");
      while (!Files.exists(release(directory, name))) {
        LockSupport.parkNanos(10_000_000L);
      }
      LockSupport.parkNanos(1_000_000_000L);
    }
    note(directory, name + " stopped");
  }

  private static void note(Path directory, String event) {
    try {
      Files.writeString(
          events(directory), event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
