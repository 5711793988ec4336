package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.AnswerAssert;
import io.onceledger.conformance.http.Ledger;

/** Bodies that must be refused and must leave nothing behind. */
final class RefusedBody {
  private RefusedBody() {}

  /** The field that is wrong is named, and nothing of its value is kept. */
  static void naming(Ledger ledger, Case row) {
    delivered(ledger, row.body(), 400, "validation-error").pointsAt(row.pointer());
  }

  static AnswerAssert delivered(Ledger ledger, String body, int status, String code) {
    String key = ledger.newKey();
    AnswerAssert refused = assertThat(ledger.charge(key, body)).isProblem(status, code);
    leftNothing(ledger, key);
    return refused;
  }

  /** Nothing can be found under the key, which is cheaper to see than another charge. */
  static void leftNothing(Ledger ledger, String key) {
    Answer list = ledger.merchant().get("/v1/charges?idempotency_key=" + key);
    assertThat(list)
        .hasStatus(200)
        .expect(list.json().path("data").isEmpty(), "no charge under a key that was refused");
  }
}
