package io.onceledger.api.charge;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ReceiptsTest {

  @Inject Receipts receipts;

  @Test
  void version_1_is_the_golden_file_byte_for_byte() throws IOException {
    ChargeReceipt receipt =
        new ChargeReceipt(
            1,
            Resource.charge(
                PublicId.next(), UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")),
            "order \"7\"",
            new ChargeRequest(
                99_999_999_999L,
                "KWD",
                "pm_card_visa",
                "Ünï😀 <b>",
                new TreeMap<>(Map.of("b", "2", "a", "1"))),
            Instant.parse("2026-11-21T08:00:00.100Z"));

    assertThat(receipts.render(receipt)).isEqualTo(golden("receipt-v1.json"));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file = ReceiptsTest.class.getResourceAsStream("/golden/" + name)) {
      return file.readAllBytes();
    }
  }
}
