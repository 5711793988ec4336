package io.onceledger.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.fuzz.Draft.Caller;
import io.onceledger.core.testing.LedgerDatabase;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** All ids and keys that callers were shown, and did not send themselves. */
final class Sightings {

  /** The last 26 characters of an id of whatever kind, or a key of {@link Requests}. */
  private static final Pattern NAME =
      Pattern.compile("(?<=[a-z]_)[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])|fuzz-[0-9a-f]{16}");

  private final Map<Caller, Map<String, String>> seen = new HashMap<>();

  void add(Draft draft, HttpResponse<String> answer) {
    String request = draft.toString();
    String shown = answer.body() + answer.headers().map();
    NAME.matcher(shown)
        .results()
        .map(MatchResult::group)
        .filter(name -> !request.contains(name))
        .forEach(
            name ->
                seen.computeIfAbsent(draft.caller, c -> new HashMap<>())
                    .putIfAbsent(name, request));
  }

  /** Holds what a merchant, or nobody, was shown against what is another's, in every table. */
  void requireNoneOf(LedgerDatabase database, UUID owner, Caller caller) {
    Map<String, String> shown = new HashMap<>(seen.getOrDefault(caller, Map.of()));
    Set<String> others = new HashSet<>(idsOf(database, owner));
    others.addAll(keysOf(database, owner));
    shown.keySet().retainAll(others);
    assertThat(shown).as("what %s was shown of %s", caller, owner).isEmpty();
  }

  /** Whether anything was shown at all: otherwise nothing was tested. */
  boolean any(Caller caller) {
    return seen.containsKey(caller);
  }

  private static Set<String> idsOf(LedgerDatabase database, UUID owner) {
    Set<String> ids = new HashSet<>(database.column("SELECT public_id('', ?)", owner));
    database
        .column(
            """
            SELECT table_name
            FROM information_schema.columns
            WHERE table_schema = 'public'
            AND column_name IN ('merchant_id', 'id')
            AND data_type = 'uuid'
            GROUP BY table_name
            HAVING count(*) = 2
            """)
        .forEach(
            table ->
                ids.addAll(
                    database.column(
                        "SELECT public_id('', id) FROM " + table + " WHERE merchant_id = ?",
                        owner)));
    return ids;
  }

  /** Keys that only {@code owner} has used. */
  private static List<String> keysOf(LedgerDatabase database, UUID owner) {
    return database.column(
        """
        SELECT substring(key, 'fuzz-[0-9a-f]{16}')
        FROM idempotency_key
        WHERE key LIKE 'fuzz-%'
        GROUP BY 1
        HAVING every(merchant_id = ?)
        """,
        owner);
  }
}
