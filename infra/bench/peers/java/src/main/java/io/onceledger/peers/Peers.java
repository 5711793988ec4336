package io.onceledger.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures peers, one after another, and says each figure as soon as there is one. See {@code
 * infra/bench/peers/run --help}.
 */
public final class Peers {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** What a Ctrl-C has to clean up. */
  private static final AtomicReference<Stage> CURRENT = new AtomicReference<>();

  private Peers() {}

  public static void main(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(Peers::abandon, "abandon"));
    try {
      System.exit(run(Options.parse(arguments)) ? 0 : FAILED);
    } catch (Options.UsageException wrong) {
      System.err.println("infra/bench/peers/run: " + wrong.getMessage() + " (see --help)");
      System.exit(USAGE);
    } catch (IOException | SQLException | RuntimeException failure) {
      System.err.println("infra/bench/peers/run: " + failure.getMessage());
      System.exit(FAILED);
    }
  }

  /** False if a measurement failed; the others were made nevertheless. */
  private static boolean run(Options options) throws IOException, SQLException {
    Installation installation = Installation.fromProperties();
    boolean complete = true;
    try (EmbeddedServer server =
            options.database().isPresent() ? null : installation.startPostgres();
        SlowProcessor processor = SlowProcessor.start()) {
      Database database = options.database().orElseGet(() -> server.database());
      System.out.println("PostgreSQL " + database.version());
      for (Scenario scenario : options.scenarios()) {
        for (Peer peer : options.peers()) {
          Stage stage = new Stage(installation, database, processor, peer, scenario, options);
          complete &= measure(stage, options.json());
        }
      }
    }
    return complete;
  }

  private static boolean measure(Stage stage, Path json) throws SQLException, IOException {
    String title = stage.peer().label() + " " + stage.scenario().label();
    System.out.println(title + " ...");
    stage.database().createSchema(stage.peer().schema());
    CURRENT.set(stage);
    try {
      for (Map<String, Object> figures : stage.scenario().measurement().measure(stage)) {
        Result result = Result.of(stage, figures);
        System.out.println("  " + result.line());
        result.appendTo(json);
      }
      return true;
    } catch (WorkerProcess.FailedException failure) {
      System.out.println("  failed: " + failure.getMessage());
      return false;
    } finally {
      stage.closeWorkers();
      stage.database().dropSchema(stage.peer().schema());
      CURRENT.set(null);
    }
  }

  /** The embedded server, if there is one, goes by itself, and maybe first. */
  private static void abandon() {
    Stage stage = CURRENT.getAndSet(null);
    if (stage != null) {
      stage.killWorkers();
      try {
        stage.database().dropSchema(stage.peer().schema());
      } catch (SQLException gone) {
        if (stage.options().database().isPresent()) {
          System.err.println("schema " + stage.peer().schema() + " is left behind: " + gone);
        }
      }
    }
  }
}
