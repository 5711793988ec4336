package io.onceledger.core.invariant;

import io.onceledger.core.invariant.Part.Source;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the slices of a part end: each has so many rows of each of its tables, at most. */
final class SliceQueries {

  /** Where a slice within a merchant ends; no row when what is left of the table fits in. */
  private static final String INSIDE =
      """
      (
        SELECT %2$s::text COLLATE "C" AS subject
        FROM %1$s
        WHERE merchant_id = ? AND %2$s > ?::%3$s %4$s
        ORDER BY merchant_id, %2$s
        OFFSET %5$s
        LIMIT 1
      )
      """;

  /** The first rows of one table behind a merchant. */
  private static final String BEHIND =
      """
      (
        SELECT '%1$s' AS source, merchant_id
        FROM %1$s
        WHERE merchant_id > ? %3$s
        ORDER BY merchant_id, %2$s
        LIMIT %4$s
      )
      """;

  /**
   * No table is read beyond where the first one has ended the slice. Most of them have a few rows
   * for each of its own, but while an old snapshot is held, the outbox has a million dead ones
   * after its last: looking for a thousandth living one would pass over all of them.
   */
  private static final String NO_FURTHER_INSIDE =
      """
      AND %s <= (
        SELECT coalesce(max(subject), 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid
        FROM first)
      """;

  /** The same, if the first table has more than fits in. */
  private static final String NO_FURTHER_BEHIND =
      """
      AND merchant_id <= (
        SELECT CASE count(*)
                 WHEN %s THEN max(merchant_id::text COLLATE "C")
                 ELSE 'ffffffff-ffff-ffff-ffff-ffffffffffff'
               END::uuid
        FROM first)
      """;

  /** The first of these ends is the slice's; NULL when what is left of the merchant fits in. */
  private static final String ENDS =
      """
      WITH first AS MATERIALIZED (
        %1$s
      )
      SELECT min(subject) AS subject
      FROM (
        SELECT * FROM first
        %2$s
      ) AS s
      """;

  /** The next merchants that fit into a slice whole, and the first one that may not. */
  private static final String NEXT =
      """
      WITH first AS MATERIALIZED (
        %1$s
      ),
      ahead AS MATERIALIZED (
        SELECT * FROM first
        %2$s
      ),
      last AS (
        SELECT DISTINCT ON (source) source, merchant_id, count(*) OVER (PARTITION BY source) AS count
        FROM ahead
        ORDER BY source, merchant_id DESC
      ),
      cut AS (
        SELECT l.merchant_id
        FROM last AS l
        JOIN (VALUES %3$s) AS s (source, most) ON s.source = l.source AND l.count >= s.most
        ORDER BY l.merchant_id
        LIMIT 1
      )
      SELECT (SELECT merchant_id FROM cut) AS cut,
             ARRAY(SELECT DISTINCT merchant_id
                   FROM ahead
                   WHERE NOT EXISTS (
                     SELECT FROM cut WHERE cut.merchant_id <= ahead.merchant_id)
                   ORDER BY merchant_id) AS merchants
      """;

  private final Part part;
  private final int rows;
  private final String inside;
  private final String next;

  /**
   * For slices of a size.
   *
   * @param rows of each table, at most; {@link Source#share} times as many of some
   */
  SliceQueries(Part part, int rows) {
    this.part = part;
    this.rows = rows;
    Source first = part.sources().get(0);
    List<Source> others = part.sources().subList(1, part.sources().size());
    this.inside =
        ENDS.formatted(
            inside(first, ""),
            union(others, s -> inside(s, NO_FURTHER_INSIDE.formatted(s.subject()))));
    this.next =
        NEXT.formatted(
            behind(first, ""),
            union(others, s -> behind(s, NO_FURTHER_BEHIND.formatted(most(first)))),
            part.sources().stream()
                .map(s -> "('%s', %s)".formatted(s.table(), most(s)))
                .collect(Collectors.joining(", ")));
  }

  /**
   * Where the next slice of a merchant ends: one row, {@code subject}, NULL when all that is left
   * fits in. For each source two parameters: the merchant, and the subject that was reached.
   */
  String inside() {
    return inside;
  }

  /**
   * Which merchants are next: one row, {@code merchants} that fit in whole and the first that may
   * not, {@code cut}. For each source a parameter: the merchant that was reached.
   */
  String next() {
    return next;
  }

  private int most(Source source) {
    return rows * source.share();
  }

  private String inside(Source source, String noFurther) {
    return INSIDE.formatted(
        source.table(), source.subject(), part.type(), noFurther, most(source) - 1);
  }

  private String behind(Source source, String noFurther) {
    return BEHIND.formatted(source.table(), source.subject(), noFurther, most(source));
  }

  private static String union(List<Source> others, Function<Source, String> query) {
    return others.stream().map(query).map("UNION ALL"::concat).collect(Collectors.joining());
  }
}
