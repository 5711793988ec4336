import io.onceledger.postgres.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL of infra/up, with its settings, for one run: prints its port, and goes, data and
 * all, when its input ends. Run from source, because infra/bench/peers is not in the Maven build.
 *
 * <p>Argument: the port.
 */
public final class Postgres {
  private Postgres() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("onceledger-peers-");
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(directory.resolve("data"), Integer.parseInt(arguments[0]));
    // Also after a Ctrl-C, which reaches every process of the terminal's group.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, directory), "remove"));
    System.out.println("ready " + server.port());
    while (System.in.read() >= 0) {
      // Only the end counts.
    }
  }

  private static void remove(EmbeddedPostgresServer server, Path directory) {
    try {
      server.close();
      delete(directory);
    } catch (IOException failure) {
      System.err.println("left behind in " + directory + ": " + failure);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
