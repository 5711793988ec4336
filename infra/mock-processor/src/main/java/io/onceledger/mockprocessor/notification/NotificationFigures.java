package io.onceledger.mockprocessor.notification;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The body of {@code GET /notifications}: counts since the start of the process.
 *
 * @param enabled whether it was told where to send
 * @param delivered answered with a 2xx, duplicates included
 * @param duplicated sent twice on purpose
 * @param heldBack kept for others to overtake, now or before
 * @param lost not sent on purpose
 * @param failedTries answered otherwise, or not at all
 * @param givenUp tried as often as is allowed
 * @param outstanding read from the journal and under way
 * @param unreadBytes of the journal that have not been looked at yet
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NotificationFigures(
    boolean enabled,
    long delivered,
    long duplicated,
    long heldBack,
    long lost,
    long failedTries,
    long givenUp,
    long outstanding,
    long unreadBytes) {

  /** Those of a processor that notifies nobody. */
  public static final NotificationFigures NONE =
      new NotificationFigures(false, 0, 0, 0, 0, 0, 0, 0, 0);
}
