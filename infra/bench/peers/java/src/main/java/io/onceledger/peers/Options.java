package io.onceledger.peers;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for.
 *
 * @param jobs how many are there before the work begins; without it the scenario's own number
 * @param hold how long the snapshot is held
 * @param patience how long to wait for the jobs of a killed worker
 * @param database without it an embedded one
 */
record Options(
    List<Peer> peers,
    List<Scenario> scenarios,
    Optional<Integer> jobs,
    Duration hold,
    Duration patience,
    Optional<Database> database,
    Path json) {
  private static final int QUICK_JOBS = 2000;
  private static final int MOST_JOBS = 10_000_000;
  private static final int LONGEST_SECONDS = 3600;

  /** A mistake on the command line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(String... arguments) throws UsageException {
    List<Peer> peers = new ArrayList<>();
    List<Scenario> scenarios = new ArrayList<>();
    Optional<Integer> jobs = Optional.empty();
    Optional<Integer> hold = Optional.empty();
    Optional<Integer> patience = Optional.empty();
    Optional<Database> database = Optional.empty();
    Path json = null;
    boolean quick = false;

    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--scenario" -> {
          String label = value(arguments, i++);
          scenarios.add(
              Scenario.labelled(label)
                  .orElseThrow(() -> new UsageException("no scenario is called " + label)));
        }
        case "--jobs" -> jobs = Optional.of(number(arguments, i++, MOST_JOBS));
        case "--hold" -> hold = Optional.of(number(arguments, i++, LONGEST_SECONDS));
        case "--patience" -> patience = Optional.of(number(arguments, i++, LONGEST_SECONDS));
        case "--database" -> database = Optional.of(database(value(arguments, i++)));
        case "--json" -> json = Path.of(value(arguments, i++));
        default -> peers.add(peer(arguments[i]));
      }
    }
    return new Options(
        peers.isEmpty() ? Peer.OTHERS : peers,
        scenarios.isEmpty()
            ? List.of(Scenario.BURN_DOWN, Scenario.PROCESSOR, Scenario.SNAPSHOT, Scenario.KILL)
            : scenarios,
        jobs.or(quick ? () -> Optional.of(QUICK_JOBS) : Optional::empty),
        Duration.ofSeconds(hold.orElse(quick ? 4 : 60)),
        Duration.ofSeconds(patience.orElse(quick ? 20 : 120)),
        database,
        json);
  }

  private static Peer peer(String word) throws UsageException {
    if (word.startsWith("-")) {
      throw new UsageException("unknown option " + word);
    }
    return Peer.labelled(word)
        .orElseThrow(
            () ->
                new UsageException(
                    "no peer is called "
                        + word
                        + "; there are "
                        + Arrays.stream(Peer.values()).map(Peer::label).toList()));
  }

  private static Database database(String url) throws UsageException {
    try {
      return Database.parse(new URI(url));
    } catch (URISyntaxException | IllegalArgumentException wrong) {
      throw new UsageException("--database is to be postgres://user:password@host:port/database");
    }
  }

  private static String value(String[] arguments, int option) throws UsageException {
    if (option + 1 == arguments.length) {
      throw new UsageException(arguments[option] + " needs a value");
    }
    return arguments[option + 1];
  }

  private static int number(String[] arguments, int option, int most) throws UsageException {
    String word = value(arguments, option);
    if (!word.matches("[1-9][0-9]{0,8}") || Integer.parseInt(word) > most) {
      throw new UsageException(arguments[option] + " needs a number from 1 to " + most);
    }
    return Integer.parseInt(word);
  }
}
