package io.onceledger.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.money.FeeTerms;
import org.junit.jupiter.api.Test;

class PostingsTest {

  @Test
  void a_charge_is_owed_by_the_processor_and_to_the_merchant_less_the_fee() {
    assertThat(Postings.chargeSucceeded(charge(10_000, new FeeTerms(290, 30))))
        .extracting(
            p -> p.kind().text(), p -> p.debit().text(), p -> p.credit().text(), Posting::amount)
        .containsExactly(
            tuple("charge", "processor_receivable", "merchant_payable", 10_000L),
            tuple("fee", "merchant_payable", "fee_revenue", 320L));
  }

  @Test
  void a_fee_of_nothing_is_not_posted() {
    assertThat(Postings.chargeSucceeded(charge(10_000, new FeeTerms(0, 0)))).hasSize(1);
  }

  @Test
  void a_balance_is_on_the_normal_side_of_its_account() {
    assertThat(Account.PROCESSOR_RECEIVABLE.balance(100, 30)).isEqualTo(70);
    assertThat(Account.PROCESSOR_COST.balance(100, 30)).isEqualTo(70);
    assertThat(Account.MERCHANT_PAYABLE.balance(30, 100)).isEqualTo(70);
    assertThat(Account.FEE_REVENUE.balance(100, 30)).isEqualTo(-70);
  }

  private static LockedCharge charge(long amount, FeeTerms terms) {
    var key = Resource.charge(PublicId.next(), PublicId.next());
    return new LockedCharge(key, Status.PENDING, amount, "USD", terms, 0, 0, 0, null, false);
  }
}
