package io.onceledger.mockprocessor.fault;

/**
 * What chance has in store for one notification.
 *
 * @param lost whether it is never sent
 * @param duplicated whether it is sent twice
 * @param overtakenBy how many later ones are delivered before it; 0 if it need not wait
 */
public record NotificationDraw(boolean lost, boolean duplicated, int overtakenBy) {
  /** Keeps them apart from the requests under the same seed. */
  private static final long NOTIFICATIONS = 0x6e6f_7469_6669_6361L;

  /** A handful mixes the order well, and is there soon where little happens. */
  private static final int MOST_OVERTAKING = 4;

  private static final int LOSS = 0;
  private static final int DUPLICATE = 1;
  private static final int REORDER = 2;
  private static final int DISTANCE = 3;

  /** Draws for the n-th notification under a seed; each question has a number of its own. */
  public static NotificationDraw of(Faults faults, long n) {
    long chance = Chance.of(faults.seed() ^ NOTIFICATIONS, n);
    boolean reordered = Chance.answer(chance, REORDER) < faults.notificationReorderRate();
    int distance = 1 + (int) (Chance.answer(chance, DISTANCE) * MOST_OVERTAKING);
    return new NotificationDraw(
        Chance.answer(chance, LOSS) >= faults.notificationRate(),
        Chance.answer(chance, DUPLICATE) < faults.notificationDuplicateRate(),
        reordered ? distance : 0);
  }
}
