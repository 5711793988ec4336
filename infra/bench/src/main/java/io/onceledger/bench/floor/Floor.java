package io.onceledger.bench.floor;

import io.onceledger.bench.load.Programs;
import io.onceledger.bench.rig.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Charges a second that the database commits when nobody checks, hashes, counts or answers
 * anything: by {@code pgbench} where the machine has it, else through JDBC. In tables of its own,
 * made like the ledger's, in the same database on the same disk.
 */
public final class Floor {
  static final int CONNECTIONS = 32;

  /** Indexes, constraints and defaults are copied; what a table is stored like is not. */
  private static final List<String> TABLES =
      List.of(
          "CREATE SCHEMA floor",
          "CREATE TABLE floor.idempotency_key (LIKE public.idempotency_key INCLUDING ALL)",
          "CREATE TABLE floor.charge (LIKE public.charge INCLUDING ALL)",
          "CREATE TABLE floor.outbox_message (LIKE public.outbox_message INCLUDING ALL)",
          "ALTER TABLE floor.outbox_message SET (fillfactor = 50)");

  private final Rig rig;
  private final Optional<Path> pgbench;

  private Floor(Rig rig, Optional<Path> pgbench) {
    this.rig = rig;
    this.pgbench = pgbench;
  }

  /** Makes its tables. */
  public static Floor of(Rig rig) {
    TABLES.forEach(rig.database()::run);
    return new Floor(rig, Programs.find("pgbench"));
  }

  public String how() {
    return pgbench.isPresent()
        ? "pgbench -M prepared -c " + CONNECTIONS + " -j 2"
        : "JDBC, " + CONNECTIONS + " connections";
  }

  /** Charges a second, over so many seconds. */
  public double rate(int seconds) {
    return pgbench
        .map(program -> pgbench(program, seconds))
        .orElseGet(() -> JdbcFloor.rate(rig.databasePort(), statement("?", "?"), seconds));
  }

  /**
   * One charge, with a key of 36 characters in random order as the clients' keys are.
   *
   * @param random an integer below 2^32
   * @param serial that makes it the only one
   */
  private static String statement(String random, String serial) {
    return """
    WITH k AS (
      INSERT INTO floor.idempotency_key
        (merchant_id, resource_id, created_at, fingerprint_version, receipt_version,
         resource_type, fingerprint, key)
      SELECT '01980000-0000-7000-8000-00000000d300', uuidv7(), now(), 1, 1, 'charge',
             decode(repeat('ab', 32), 'hex'),
             lpad(to_hex(%s::bigint), 8, '0') || '-' || lpad(%s::text, 27, '0')
      ON CONFLICT DO NOTHING
      RETURNING merchant_id, resource_id, key
    ),
    c AS (
      INSERT INTO floor.charge
        (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points, currency,
         status, payment_method, idempotency_key)
      SELECT merchant_id, resource_id, now(), now(), 1000, 30, 290, 'USD', 'pending',
             'pm_card_visa', key
      FROM k
    )
    INSERT INTO floor.outbox_message
      (merchant_id, resource_id, resource_type, due_at, created_at)
    SELECT merchant_id, resource_id, 'charge', now(), now()
    FROM k
    """
        .formatted(random, serial);
  }

  private double pgbench(Path program, int seconds) {
    try {
      Path script =
          Files.writeString(
              rig.directory().resolve("floor.sql"),
              "\\set r random(0, 4294967295)\n\\set s random(0, 9000000000000000000)\n"
                  + statement(":r", ":s").strip().replaceAll("\\s*\n\\s*", " ")
                  + ";\n");
      List<String> lines =
          Programs.start(
                  List.of(
                      program.toString(),
                      "-n",
                      "-M",
                      "prepared",
                      "-c",
                      Integer.toString(CONNECTIONS),
                      "-j",
                      "2",
                      "-T",
                      Integer.toString(seconds),
                      "-f",
                      script.toString(),
                      "-h",
                      "127.0.0.1",
                      "-p",
                      Integer.toString(rig.databasePort()),
                      "-U",
                      "postgres",
                      "ledger"))
              .lines();
      return lines.stream()
          .filter(line -> line.startsWith("tps = "))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9.]*([0-9.]+).*", "$1")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("pgbench said: " + lines));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
