package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.core.testing.LedgerDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The product's own statements on a real PostgreSQL whose {@code now()} is set by hand: a function
 * of that name stands before the built-in one in the search path, so not a statement is changed.
 */
final class PostgresStore implements Store {

  private final LedgerDatabase database;
  private final ChargeAcceptance acceptance;
  private final WorkClaims claims;
  private final OutcomeRecorder recorder;

  PostgresStore(LedgerDatabase database) {
    this.database = database;
    database.execute(
        """
        CREATE SCHEMA clock;
        CREATE TABLE clock.hand (shows timestamptz NOT NULL);
        INSERT INTO clock.hand VALUES (pg_catalog.now());
        CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE
          RETURN (SELECT shows FROM clock.hand);
        GRANT USAGE ON SCHEMA clock TO ledger_writer;
        GRANT SELECT ON clock.hand TO ledger_writer;
        UPDATE clock_high_water SET at = '%s';
        """
            .formatted(Clock.START));
    PGSimpleDataSource writer = (PGSimpleDataSource) database.writer();
    writer.setOptions(writer.getOptions() + " -c search_path=clock,pg_catalog,public");
    this.acceptance = new ChargeAcceptance(writer);
    this.claims = new WorkClaims(writer);
    this.recorder = new OutcomeRecorder(writer);
  }

  void setClock(Instant now) {
    database.execute("UPDATE clock.hand SET shows = '%s'".formatted(now));
  }

  @Override
  public List<Acceptance<ChargeReceipt>> accept(List<ChargeDelivery> deliveries) {
    return checked(() -> acceptance.write(deliveries));
  }

  @Override
  public List<ClaimedWork> claim(int limit, ClaimTerms terms, Instant workerClock) {
    return checked(() -> claims.claim(limit, terms));
  }

  @Override
  public ToldTime keep(List<Claim> held, ClaimTerms terms) {
    return checked(() -> claims.keep(held, terms));
  }

  @Override
  public List<Recorded> record(List<Result> results) {
    return checked(() -> recorder.write(results));
  }

  private interface Statement<R> {
    R run() throws SQLException;
  }

  private static <R> R checked(Statement<R> statement) {
    try {
      return statement.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
