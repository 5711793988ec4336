package io.onceledger.bench.rows;

import io.onceledger.bench.rig.Rig;
import java.util.List;
import java.util.stream.IntStream;

/** Merchants beside the two that every stack has, each with a key. */
public final class SeededMerchants {
  private static final String PUT =
      """
      WITH new_merchant AS (
        INSERT INTO merchant (id, name, fee_basis_points, fee_fixed)
        SELECT uuidv7(), 'bench ' || n, 290, '{"USD": 30}'
        FROM generate_series(1, ?::integer) AS n
        RETURNING id, name
      )
      INSERT INTO api_key (hash, role, merchant_id, hint)
      SELECT sha256(convert_to('sk_' || replace(name, ' ', '_'), 'UTF8')), 'merchant', id, 'ench'
      FROM new_merchant
      """;

  private SeededMerchants() {}

  /** Returns their keys. */
  public static List<String> put(Rig rig, int count) {
    rig.database().run(PUT, count);
    return IntStream.rangeClosed(1, count).mapToObj(n -> "sk_bench_" + n).toList();
  }
}
