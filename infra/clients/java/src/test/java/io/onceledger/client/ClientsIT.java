package io.onceledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.onceledger.client.api.ChargesApi;
import io.onceledger.client.invoker.ApiClient;
import io.onceledger.client.invoker.ApiException;
import io.onceledger.client.invoker.ApiResponse;
import io.onceledger.client.model.Charge;
import io.onceledger.client.model.ChargeList;
import io.onceledger.client.model.ChargeRequest;
import io.onceledger.client.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated clients, untouched, against the packaged processes. */
class ClientsIT {

  private static final String API_KEY = "sk_test_acme";

  @TempDir static Path directory;

  private static RunningLedger ledger;
  private static ApiClient client;
  private static ChargesApi charges;

  @BeforeAll
  static void start() throws Exception {
    ledger = new RunningLedger(directory);
    client =
        new ApiClient()
            .setScheme("http")
            .setHost("127.0.0.1")
            .setPort(ledger.port())
            .setReadTimeout(Duration.ofSeconds(40))
            .setRequestInterceptor(request -> request.header("Authorization", "Bearer " + API_KEY));
    charges = new ChargesApi(client);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (ledger != null) {
      ledger.stop();
    }
  }

  @Test
  void java_sends_and_replays() throws ApiException {
    String key = UUID.randomUUID().toString();

    ApiResponse<Charge> first = charges.createChargeWithHttpInfo(key, request(1000), null);
    ApiResponse<Charge> second = charges.createChargeWithHttpInfo(key, request(1000), null);

    assertThat(first.getStatusCode()).isEqualTo(202);
    assertThat(first.getData().getStatus()).isEqualTo(Charge.StatusEnum.PENDING);
    assertThat(first.getHeaders()).doesNotContainKey("idempotent-replayed");
    assertThat(second.getData()).isEqualTo(first.getData());
    assertThat(second.getHeaders().get("idempotent-replayed")).containsExactly("true");
    Charge settled = charges.createCharge(key, request(1000), "wait=20");
    assertThat(settled.getStatus()).isEqualTo(Charge.StatusEnum.SUCCEEDED);
    assertThat(charges.getCharge(settled.getId())).isEqualTo(settled);
  }

  @Test
  void java_is_told_what_differs_from_the_first_request() throws Exception {
    String key = UUID.randomUUID().toString();
    Charge first = charges.createCharge(key, request(1000), null);

    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> charges.createCharge(key, request(2000), null));

    assertThat(refused.getCode()).isEqualTo(422);
    Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
    assertThat(problem.getType()).isEqualTo(Problem.TypeEnum._PROBLEMS_IDEMPOTENCY_KEY_REUSED);
    assertThat(problem.getErrors()).extracting("pointer").containsExactly("/amount");
    assertThat(problem.getResource()).isEqualTo("/v1/charges/" + first.getId());
  }

  @Test
  void java_pages_through_the_whole_list() throws ApiException {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, charges.createCharge(UUID.randomUUID().toString(), request(700), null).getId());
    }

    List<String> listed = new ArrayList<>();
    String cursor = null;
    do {
      ChargeList page = charges.listCharges(null, null, null, null, 2, cursor);
      page.getData().forEach(charge -> listed.add(charge.getId()));
      cursor = page.getNextCursor();
    } while (cursor != null && listed.size() < made.size());

    assertThat(listed).startsWith(made.toArray(String[]::new));
  }

  @Test
  void java_charges_once_for_an_intent() throws Exception {
    KeyStore keys = new FileKeyStore(directory.resolve("keys"));

    Charge charge = new ChargeOnce(client, keys, Patience.USUAL).charge("order-1", request(900));
    KeyStore afterwards = new FileKeyStore(directory.resolve("keys"));
    ChargeOnce again = new ChargeOnce(client, afterwards, Patience.USUAL);

    assertThat(again.charge("order-1", request(900))).isEqualTo(charge);
    KeyReusedException reused =
        catchThrowableOfType(KeyReusedException.class, () -> again.charge("order-1", request(901)));
    assertThat(reused.pointers()).containsExactly("/amount");
    assertThat(reused.resource()).isEqualTo("/v1/charges/" + charge.getId());
  }

  @Test
  void typescript_does_the_same() throws Exception {
    Npm npm = new Npm(ledger.port(), API_KEY);
    npm.requireOrSkip("--version");
    npm.requireOrSkip("ci");
    npm.require("run", "build");
    npm.require("test");
  }

  private static ChargeRequest request(long amount) {
    return new ChargeRequest().amount(amount).currency("USD").paymentMethod("pm_card_visa");
  }
}
