package io.onceledger.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.ClaimFront.Place;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forty messages wait; twenty of them, those that are due first, were claimed before. */
class RetryLimitTest {

  private LedgerDatabase database;
  private WorkClaims claims;

  @BeforeEach
  void twenty_retries_are_due_before_twenty_first_tries() throws SQLException {
    database = LedgerDatabase.create();
    claims = new WorkClaims(database.writer());
    TestCharges.accept(database, TestCharges.merchant(database), 40);
    database.execute(
        """
        UPDATE outbox_message AS m
        SET attempts = CASE WHEN i <= 20 THEN 1 ELSE 0 END,
            due_at = now() - interval '1 hour' + i * interval '1 second'
        FROM (SELECT merchant_id, resource_id, row_number() OVER () AS i FROM outbox_message) AS n
        WHERE m.merchant_id = n.merchant_id AND m.resource_id = n.resource_id
        """);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void without_a_limit_what_is_due_first_is_claimed_first() throws SQLException {
    assertThat(retries(claims.claim(10, TestClaims.TERMS))).isEqualTo(10);
  }

  @Test
  void no_more_retries_are_claimed_than_allowed_and_first_tries_in_their_place()
      throws SQLException {
    List<ClaimedWork> works = claims.claim(10, 3, TestClaims.TERMS);

    assertThat(works).hasSize(10);
    assertThat(retries(works)).isEqualTo(3);
    assertThat(database.number("SELECT count(*) FROM outbox_message WHERE claimed_at IS NULL"))
        .as("what was only locked is not claimed")
        .isEqualTo(30);
  }

  @Test
  void of_both_kinds_what_is_due_first_goes_first() throws SQLException {
    database.execute(
        "UPDATE outbox_message SET due_at = due_at - interval '1 day' WHERE attempts = 0");

    assertThat(retries(claims.claim(10, 9, TestClaims.TERMS))).isZero();
    assertThat(retries(claims.claim(15, 9, TestClaims.TERMS))).isEqualTo(5);
  }

  @Test
  void with_none_allowed_retries_wait_and_are_claimed_when_there_are_some() throws SQLException {
    List<ClaimedWork> works = claims.claim(40, 0, TestClaims.TERMS);
    assertThat(works).hasSize(20);
    assertThat(retries(works)).isZero();

    assertThat(claims.claim(40, 0, TestClaims.TERMS)).isEmpty();
    assertThat(claims.claim(40, 7, TestClaims.TERMS)).hasSize(7);
  }

  @Test
  void claimers_at_the_same_time_miss_each_other() throws SQLException {
    try (Connection other = database.writer().getConnection()) {
      other.setAutoCommit(false);
      List<Claim> theirs =
          OutboxClaims.claim(other, 10, 3, Place.BEGINNING, TestClaims.TERMS).claims();

      List<ClaimedWork> ours = claims.claim(40, 39, TestClaims.TERMS);
      other.commit();

      assertThat(theirs).hasSize(10);
      assertThat(ours)
          .extracting(work -> work.claim().resource())
          .doesNotContainAnyElementsOf(theirs.stream().map(Claim::resource).toList());
    }
    assertThat(claims.claim(40, 40, TestClaims.TERMS)).hasSizeLessThanOrEqualTo(10);
    try (Connection connection = database.writer().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE outbox_message SET due_at = due_at WHERE claimed_at IS NULL"))
          .as("each was claimed once, and none left out")
          .isZero();
    }
  }

  @Test
  void a_claim_reads_what_it_takes_whatever_else_is_due() throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // They belong to nothing, and are never committed.
      statement.execute(
          """
          INSERT INTO outbox_message (merchant_id, resource_id, resource_type, due_at, created_at,
                                      attempts)
          SELECT gen_random_uuid(), gen_random_uuid(), 'charge', now() - interval '1 day', now(),
                 kind
          FROM generate_series(1, 5000), unnest(ARRAY[0, 1]) AS kind
          """);
      statement.execute("ANALYZE outbox_message");

      for (int retries : List.of(0, 3, 10)) {
        long before = rowsRead(statement);
        OutboxClaims.claim(connection, 10, retries, Place.BEGINNING, TestClaims.TERMS);
        assertThat(rowsRead(statement) - before).as("with %d retries", retries).isLessThan(100);
      }
      connection.rollback();
    }
  }

  private static long rowsRead(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT coalesce(idx_tup_fetch, 0) + seq_tup_read
            FROM pg_stat_xact_user_tables
            WHERE relname = 'outbox_message'
            """)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long retries(List<ClaimedWork> works) {
    return works.stream().filter(work -> work.claim().n() > 1).count();
  }
}
