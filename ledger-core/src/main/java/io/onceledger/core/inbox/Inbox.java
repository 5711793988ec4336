package io.onceledger.core.inbox;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.groupcommit.BatchWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Takes what the processor tells of its own accord: a notification and all that follows from it in
 * one transaction, once.
 *
 * <p>Locks the charges, then the notifications' places in the inbox, then the charges' messages,
 * then balances. A worker that was sending meanwhile finds its message gone and writes nothing:
 * what it was answered under the same key cannot be anything else. What contradicts a final status
 * changes nothing and opens a review. Taken again after an unknown commit, it is found in the
 * inbox. Needs the writer role.
 */
public final class Inbox implements BatchWriter<Notification, Finding> {

  private final DataSource dataSource;

  public Inbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes what is said of payments and refunds together, and each part of a dispute by itself. */
  @Override
  public List<Finding> write(List<Notification> notifications) throws SQLException {
    IdentityHashMap<Notification, Finding> findings = new IdentityHashMap<>();
    List<Notification> left = new ArrayList<>(notifications);
    while (!left.isEmpty()) {
      List<Notification> together = together(left);
      List<Finding> found = takeTogether(together);
      for (int i = 0; i < found.size(); i++) {
        findings.put(together.get(i), found.get(i));
      }
      left.removeIf(findings::containsKey);
    }
    return notifications.stream().map(findings::get).toList();
  }

  /** Others about the same charge have to wait as well. */
  @Override
  public Object lockOf(Notification notification) {
    return List.of(notification.merchantAccount(), notification.reference());
  }

  /** Takes one; says what became of it when that is committed. */
  public Finding take(Notification notification) throws SQLException {
    return write(List.of(notification)).get(0);
  }

  /** The first, and all that can be taken with it: of each charge or refund, and message, one. */
  private List<Notification> together(List<Notification> left) {
    if (left.get(0).type().isDispute()) {
      return List.of(left.get(0));
    }
    Set<Object> names = new HashSet<>();
    return left.stream()
        .filter(told -> !told.type().isDispute())
        .filter(told -> names.add(lockOf(told)) && names.add(InboxMessages.Key.of(told)))
        .toList();
  }

  private List<Finding> takeTogether(List<Notification> told) throws SQLException {
    return Transactions.run(
        dataSource,
        connection ->
            told.get(0).type().isDispute()
                ? List.of(ToldDisputes.take(connection, told.get(0)))
                : ToldOutcomes.take(connection, told));
  }
}
