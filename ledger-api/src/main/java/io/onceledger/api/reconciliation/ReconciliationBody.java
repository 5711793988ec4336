package io.onceledger.api.reconciliation;

import io.onceledger.api.json.JsonFields;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /v1/ops/reconciliations}. A record for its schema too. */
@Schema(name = "ReconciliationRequest", additionalProperties = Schema.False.class)
record ReconciliationBody(
    @Schema(
            required = true,
            pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            description = "The UTC day of the report; not in the future",
            examples = "2025-11-20")
        String date) {

  private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** The date in {@code fields}. */
  static LocalDate read(JsonFields fields) {
    String text =
        fields.text(
            "date",
            value -> parse(value).isPresent(),
            "a day as year, month and day, such as 2025-11-20");
    fields.done();
    return parse(text).orElseThrow();
  }

  private static Optional<LocalDate> parse(String text) {
    try {
      // Before the first year there is nothing, and PostgreSQL writes it otherwise.
      return FORM.matcher(text).matches()
          ? Optional.of(LocalDate.parse(text)).filter(date -> date.getYear() >= 1)
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
