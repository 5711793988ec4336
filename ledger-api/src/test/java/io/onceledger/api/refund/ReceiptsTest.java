package io.onceledger.api.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.id.Resource;
import io.onceledger.core.refund.RefundReceipt;
import io.onceledger.core.refund.RefundRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ReceiptsTest {

  @Inject Receipts receipts;

  @Test
  void version_1_is_the_golden_file_byte_for_byte() throws IOException {
    UUID charge = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    RefundReceipt receipt =
        new RefundReceipt(
            1,
            Resource.refund(
                UUID.randomUUID(), charge, UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058")),
            "refund \"7\"",
            new RefundRequest(charge, null, "Ünï😀 <b>"),
            99_999_999_999L,
            "KWD",
            Instant.parse("2026-11-21T08:00:00.100Z"));

    try (InputStream file = ReceiptsTest.class.getResourceAsStream("/golden/refund-v1.json")) {
      assertThat(receipts.render(receipt)).isEqualTo(file.readAllBytes());
    }
  }
}
