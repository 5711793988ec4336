package io.onceledger.api.reconciliation;

import io.onceledger.api.json.JsonFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST …/differences/{id}/resolve}. A record for its schema too. */
@Schema(name = "Explanation", additionalProperties = Schema.False.class)
record ExplanationBody(
    @Schema(
            required = true,
            minLength = 1,
            maxLength = LONGEST_NOTE,
            description = "Why it is no problem, or what was done about it",
            examples = "Settled by hand; ticket 4711")
        String note) {

  private static final int LONGEST_NOTE = 1_000;

  /** The note in {@code fields}. */
  static String read(JsonFields fields) {
    String note = fields.text("note", LONGEST_NOTE);
    fields.done();
    return note;
  }
}
