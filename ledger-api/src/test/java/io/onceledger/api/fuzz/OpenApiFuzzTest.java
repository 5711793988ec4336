package io.onceledger.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.onceledger.api.fuzz.Document.Operation;
import io.onceledger.api.fuzz.Draft.Caller;
import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.api.testing.ProcessorSigner;
import io.onceledger.api.testing.Reconciling;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestReport;
import io.onceledger.core.testing.TestWorker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that the document allows, and as many that it does not. {@code
 * -Dfuzz.requests=100000} sends more of them, {@code -Dfuzz.seed=} repeats a run.
 */
@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class OpenApiFuzzTest {

  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1_000);

  /** Chance leaves out an operation now and then; then it goes on, but not for ever. */
  private static final int MOST_REQUESTS = 20 * REQUESTS;

  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  /** Nothing waits for more than a second; the rest is for a loaded machine. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Random random = new Random(SEED);
  private final Judge judge = new Judge();
  private final List<Draft> delivered = new ArrayList<>();

  LedgerDatabase database;

  @TestHTTPResource("/")
  URI api;

  private Map<Caller, UUID> merchants;
  private Memory memory;

  /** On the same connection: what it did may show only now. */
  private String previous;

  @BeforeEach
  void know_the_merchants() {
    merchants = Map.of(Caller.ONE, merchant(Caller.ONE), Caller.TWO, merchant(Caller.TWO));
    memory = new Memory(merchants.values().stream().map(PublicId.MERCHANT::text).toList(), random);
  }

  @Test
  void no_request_whatever_breaks_the_api_or_tells_a_merchant_of_another() throws Exception {
    System.out.printf("fuzz.seed=%d fuzz.requests=%d%n", SEED, REQUESTS);
    Books before = Books.of(database, merchants);
    Document document = new Document(mapper.readTree(document()));
    List<Operation> operations = document.operations();
    Requests requests = new Requests(new Values(document, random), memory, random);
    Mutations mutations = new Mutations(memory, random);

    for (int i = 0; i < REQUESTS || goesOn(operations, i); i++) {
      if (i % 50 == 0) {
        workOffTheOutbox();
      }
      Draft draft = requests.good(next(operations, i));
      for (int spoilt = random.nextInt(4); spoilt > 1; spoilt--) {
        mutations.spoil(draft);
      }
      sendAndCheck(draft, i);
      if (i % 10 == 0 && !delivered.isEmpty()) {
        sendAndCheck(again(requests), i);
      }
    }

    judge.counts.forEach((operation, statuses) -> System.out.println(operation + " " + statuses));
    assertThat(unexercised(operations))
        .extracting(Operation::id)
        .as("never succeeded, or was never refused")
        .isEmpty();
    Books.of(database, merchants).requireToBe(before, judge);
    merchants.forEach(
        (owner, id) -> {
          for (Caller caller : List.of(Caller.ONE, Caller.TWO, Caller.NOBODY)) {
            if (caller != owner) {
              judge.sightings.requireNoneOf(database, id, caller);
            }
          }
          assertThat(judge.sightings.any(owner)).isTrue();
        });
  }

  /** Some of it needs a person then, and the rest has succeeded. */
  private void workOffTheOutbox() throws IOException, SQLException {
    TestWorker worker = new TestWorker(database);
    for (Claim claim : worker.claim(3)) {
      worker.record(claim, Outcome.AMBIGUOUS, new Park("It can neither be asked nor canceled"));
    }
    Processor.approveAll(database);
    // Nobody's charges: each is a difference to explain.
    TestReport report = new TestReport();
    for (int i = 0; i < 3; i++) {
      report.payment(merchants.get(Caller.ONE), "pay_" + i, UUID.randomUUID(), 1, 0);
    }
    Reconciling.makeAll(database, report);
  }

  /** Something accepted before: as it was, waiting for its end, or with another body. */
  private Draft again(Requests requests) throws SQLException {
    Draft draft = delivered.get(random.nextInt(delivered.size())).copy();
    switch (random.nextInt(3)) {
      case 0 -> {
        Processor.approveAll(database);
        draft.replaceHeader("Prefer", "wait=1");
      }
      case 1 -> draft.json = requests.good(draft.operation).json;
      default -> {}
    }
    return draft;
  }

  private void sendAndCheck(Draft draft, int number) throws Exception {
    HttpResponse<String> answer = send(draft, number);
    previous = draft + " answered " + answer.statusCode();
    JsonNode body = json(answer.body());
    try {
      judge.check(draft, answer, body);
    } catch (AssertionError e) {
      throw new AssertionError(
          "fuzz.seed=%d, request %d: %s%nanswered %d %s"
              .formatted(SEED, number, draft, answer.statusCode(), answer.body()),
          e);
    }
    if (answer.statusCode() < 300) {
      memory.learn(draft, body);
      if (draft.operation.takesKey()) {
        delivered.add(draft);
      }
    }
  }

  private HttpResponse<String> send(Draft draft, int number) throws InterruptedException {
    try {
      return http.send(request(draft), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(
          "fuzz.seed=%d, request %d is not answered: %s%nafter: %s"
              .formatted(SEED, number, draft, previous),
          e);
    }
  }

  private HttpRequest request(Draft draft) {
    byte[] body = draft.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(draft.target()))
            .timeout(LONGEST)
            .method(
                draft.method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    draft.headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    if (draft.operation.id().equals("notify") && random.nextInt(8) > 0) {
      // The processor's own, whatever it says: who cannot sign gets no further than that.
      ProcessorSigner.headers("fuzz_" + random.nextInt(100), body).forEach(request::setHeader);
    }
    return request.build();
  }

  private JsonNode json(String body) {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private String document() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/openapi"))
            .header("Accept", "application/json")
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private boolean goesOn(List<Operation> operations, int number) {
    return number < MOST_REQUESTS && !unexercised(operations).isEmpty();
  }

  /** Each in turn; then what was left out, and in between anything, on which it may depend. */
  private Operation next(List<Operation> operations, int number) {
    if (number < REQUESTS) {
      return operations.get(number % operations.size());
    }
    List<Operation> some = number % 2 == 0 ? operations : unexercised(operations);
    return some.get(random.nextInt(some.size()));
  }

  /** Those that have not both succeeded and been refused. */
  private List<Operation> unexercised(List<Operation> operations) {
    return operations.stream().filter(operation -> !isExercised(operation)).toList();
  }

  private boolean isExercised(Operation operation) {
    var statuses = judge.counts.getOrDefault(operation.id(), Map.of()).keySet();
    return statuses.stream().anyMatch(status -> status < 300)
        && statuses.stream().anyMatch(status -> status >= 400);
  }

  private UUID merchant(Caller caller) {
    return UUID.fromString(
        database
            .column(
                "SELECT merchant_id FROM api_key WHERE hash = sha256(convert_to(?, 'UTF8'))",
                Requests.API_KEYS.get(caller))
            .get(0));
  }
}
