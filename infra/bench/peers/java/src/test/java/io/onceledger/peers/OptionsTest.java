package io.onceledger.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void without_arguments_every_peer_is_measured_in_four_scenarios() throws Exception {
    Options options = Options.parse();

    assertEquals(Peer.OTHERS, options.peers());
    assertEquals(
        List.of(Scenario.BURN_DOWN, Scenario.PROCESSOR, Scenario.SNAPSHOT, Scenario.KILL),
        options.scenarios());
    assertEquals(Optional.empty(), options.jobs());
    assertEquals(60, options.hold().toSeconds());
    assertEquals(120, options.patience().toSeconds());
  }

  @Test
  void the_order_of_peers_and_scenarios_is_the_one_asked_for() throws Exception {
    Options options =
        Options.parse("pg-boss", "--scenario", "kill", "db-scheduler", "--scenario", "burn-down");

    assertEquals(List.of(Peer.PG_BOSS, Peer.DB_SCHEDULER), options.peers());
    assertEquals(List.of(Scenario.KILL, Scenario.BURN_DOWN), options.scenarios());
  }

  @Test
  void what_is_said_in_numbers_wins_over_quick() throws Exception {
    Options options = Options.parse("--jobs", "500", "--quick", "--hold", "9");

    assertEquals(Optional.of(500), options.jobs());
    assertEquals(9, options.hold().toSeconds());
    assertEquals(20, options.patience().toSeconds());
  }

  @Test
  void a_database_is_given_as_libpq_takes_it() throws Exception {
    Options options = Options.parse("--database", "postgres://me:p%40ss+word@host:5433/ledger");

    assertEquals(
        Optional.of(new Database("host", 5433, "ledger", "me", "p@ss+word")), options.database());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "--unknown",
        "--jobs",
        "--jobs 0",
        "--jobs 10000001",
        "--jobs x",
        "--hold 3601",
        "--scenario nothing",
        "--database http://me@host/ledger",
        "--database postgres://host/ledger",
        "--database postgres://me@host"
      })
  void anything_else_is_refused_with_a_reason(String words) {
    Options.UsageException wrong =
        assertThrows(Options.UsageException.class, () -> Options.parse(words.split(" ", -1)));

    assertTrue(wrong.getMessage().length() > 10, wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphile-worker", "pg-boss", "db-scheduler", "transaction-outbox"})
  void every_peer_has_settings_for_every_scenario(String label) {
    Peer peer = Peer.labelled(label).orElseThrow();

    for (Scenario scenario : Scenario.values()) {
      assertTrue(peer.settings(scenario).size() > 1, scenario.label());
    }
  }
}
