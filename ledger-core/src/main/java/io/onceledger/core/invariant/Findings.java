package io.onceledger.core.invariant;

/**
 * Keeps what is found, in {@code violation_found}: of the subjects that a statement checks, exactly
 * what it finds; of all others, what is there. Checked and written by one statement, and so at one
 * instant of the books.
 */
final class Findings {

  /** Violations stored by one statement, and in all, at most: the first ones name the trouble. */
  private static final int MOST_AT_ONCE = 1_000;

  private static final int MOST = 10_000;

  private Findings() {}

  /**
   * A statement that checks and keeps.
   *
   * @param before common table expressions that it begins with, each with its comma
   * @param part of what is found
   * @param violations a query for merchant_id, subject, name and detail
   * @param checked what was checked, as a condition on the rows v of {@code violation_found}
   */
  static String keep(String before, String part, String violations, String checked) {
    return """
    WITH %1$s
    found AS MATERIALIZED (
      SELECT merchant_id, subject::text COLLATE "C" AS subject, name COLLATE "C" AS name,
             detail COLLATE "C" AS detail
      FROM (%3$s) AS violation
      LIMIT %5$s
    ),
    healed AS (
      DELETE FROM violation_found AS v
      WHERE v.part = '%2$s' AND %4$s
        AND NOT EXISTS (
          SELECT
          FROM found AS f
          WHERE f.merchant_id = v.merchant_id AND f.subject = v.subject AND f.name = v.name
            AND f.detail = v.detail)
    )
    INSERT INTO violation_found (part, merchant_id, subject, name, detail, found_at)
    SELECT '%2$s', merchant_id, subject, name, detail, now()
    FROM found
    LIMIT greatest(0, %6$s - (SELECT count(*) FROM violation_found))
    ON CONFLICT ON CONSTRAINT violation_found_pkey DO NOTHING
    """
        .formatted(before, part, violations, checked, MOST_AT_ONCE, MOST);
  }
}
