package io.onceledger.core.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import io.onceledger.core.review.Reviews.Filter;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewsTest {

  private static final int COUNT = 7;

  private LedgerDatabase database;
  private Reviews reviews;

  @BeforeEach
  void reviews_of_two_merchants() throws SQLException {
    database = LedgerDatabase.create();
    reviews = new Reviews(database.operator());
    TestCharges.accept(database, TestCharges.merchant(database), 3);
    TestCharges.accept(database, TestCharges.merchant(database), 4);
    TestWorker worker = new TestWorker(database);
    for (int i = 0; i < COUNT; i++) {
      worker.park("reason " + i);
    }
    // Equal times: only the id tells the order.
    database.execute(
        "UPDATE review SET opened_at = now() - interval '1 hour' WHERE reason < 'reason 4'");
  }

  @Test
  void pages_joined_are_all_open_reviews_of_all_merchants_newest_first() throws SQLException {
    List<Review> joined = new ArrayList<>();
    Optional<Position> position = Optional.empty();
    do {
      Page<Review> page = reviews.page(Filter.OPEN, position, 2);
      joined.addAll(page.items());
      position = page.next();
    } while (position.isPresent());

    assertThat(joined)
        .extracting(review -> review.id().toString())
        .containsExactlyElementsOf(
            database.column("SELECT id FROM review ORDER BY opened_at DESC, id DESC"));
    assertThat(joined).extracting(review -> review.about().merchant()).doesNotContainNull();
  }

  @Test
  void a_review_grows_old_until_it_is_resolved() throws SQLException {
    UUID oldest = reviews.page(Filter.OPEN, Optional.empty(), 100).items().get(COUNT - 1).id();
    assertThat(open().get(COUNT - 1).ageSeconds()).isBetween(3_600L, 3_700L);

    new ReviewDecisions(database.operator())
        .decide(oldest, new Decision(Status.CANCELED, null, "void", UUID.randomUUID()));

    assertThat(open()).hasSize(COUNT - 1).noneMatch(review -> review.id().equals(oldest));
    List<Review> resolved = reviews.page(Filter.RESOLVED, Optional.empty(), 100).items();
    assertThat(resolved).extracting(Review::id).containsExactly(oldest);
    assertThat(resolved.get(0).ageSeconds()).isBetween(3_600L, 3_700L);
  }

  private List<Review> open() throws SQLException {
    return reviews.page(Filter.OPEN, Optional.empty(), 100).items();
  }
}
