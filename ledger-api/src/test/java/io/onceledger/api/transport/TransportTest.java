package io.onceledger.api.transport;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.json.JsonBody;
import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.transport.RawConnection.Answer;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent here is refused, writes nothing, and breaks nothing. */
@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class TransportTest {

  private static final String HOST = "Host: ledger\r\n";
  private static final String KEY =
      "Authorization: Bearer " + LedgerUnderTest.MERCHANT_KEY + "\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String CHUNKS =
      Integer.toHexString(GOOD.length()) + "\r\n" + GOOD + "\r\n0\r\n\r\n";

  LedgerDatabase database;

  private long before;

  @BeforeEach
  void count() {
    before = charges();
  }

  @AfterEach
  void nothing_was_written() {
    assertThat(charges()).isEqualTo(before);
  }

  static Stream<Arguments> untrusted() {
    String length = "Content-Length: " + GOOD.length() + "\r\n";
    return Stream.of(
        Arguments.of("a length beside chunks", post(length + CHUNKED, CHUNKS), 400),
        Arguments.of("two equal lengths", post(length + length, GOOD), 400),
        Arguments.of("two lengths", post(length + "Content-Length: 3\r\n", GOOD), 400),
        Arguments.of("a list of lengths", post("Content-Length: 3, 3\r\n", GOOD), 400),
        Arguments.of("a negative length", post("Content-Length: -1\r\n", GOOD), 400),
        Arguments.of("a length with a sign", post("Content-Length: +3\r\n", GOOD), 400),
        Arguments.of("a length that is no number", post("Content-Length: x\r\n", GOOD), 400),
        Arguments.of("an unknown coding", post("Transfer-Encoding: gzip\r\n", GOOD), 400),
        Arguments.of("a coding spelt alike", post("Transfer-Encoding: xchunked\r\n", CHUNKS), 400),
        Arguments.of("chunked twice", post(CHUNKED + CHUNKED, CHUNKS), 400),
        Arguments.of(
            "chunks in HTTP/1.0", post(CHUNKED, CHUNKS).replace("HTTP/1.1", "HTTP/1.0"), 400),
        Arguments.of("a chunk size that is no number", post(CHUNKED, "zz\r\n" + GOOD), 400),
        Arguments.of("a negative chunk size", post(CHUNKED, "-1\r\n" + GOOD), 400),
        Arguments.of("a huge chunk size", post(CHUNKED, "ffffffffffff\r\n" + GOOD), 400),
        Arguments.of(
            "a long chunk extension", post(CHUNKED, "1;" + "a".repeat(30_000) + "\r\n{"), 400),
        Arguments.of(
            "a chunk longer than it says", post(CHUNKED, CHUNKS.replace("}\r\n", "}XX")), 400),
        Arguments.of("no host", get("/openapi", "").replace(HOST, ""), 400),
        Arguments.of("two hosts", get("/openapi", HOST), 400),
        Arguments.of("a host that is none", get("/openapi", "").replace("ledger", "a b/c@d"), 400),
        Arguments.of("a header without a colon", get("/openapi", "Nothing\r\n"), 400),
        Arguments.of("a space before the colon", get("/openapi", "X : y\r\n"), 400),
        Arguments.of("a folded first header", get("/openapi", "").replace(HOST, " " + HOST), 400),
        Arguments.of(
            "200 headers",
            get(
                "/openapi",
                IntStream.range(0, 200)
                    .mapToObj(i -> "X-" + i + ": y\r\n")
                    .collect(Collectors.joining())),
            400),
        Arguments.of("NUL in a value", get("/openapi", "X: a\0b\r\n"), 400),
        Arguments.of("NUL in a name", get("/openapi", "X\0Y: a\r\n"), 400),
        Arguments.of("a bare CR in a value", get("/openapi", "X: a\rb\r\n"), 400),
        Arguments.of("a bare LF in a value", get("/openapi", "X: a\nY: b\r\n"), 400),
        Arguments.of("only LFs", "GET /openapi HTTP/1.1\nHost: ledger\n\n", 400),
        Arguments.of("HTTP/0.9", "GET /openapi\r\n\r\n", 400),
        Arguments.of("HTTP/9.9", get("/openapi", "").replace("HTTP/1.1", "HTTP/9.9"), 400),
        Arguments.of("another protocol", get("/openapi", "").replace("HTTP/1.1", "FOO/1.1"), 400),
        Arguments.of("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        Arguments.of("a method that is no token", get("/openapi", "").replace("GET", "G@T"), 400),
        Arguments.of("a path without a slash", get("openapi", ""), 400),
        Arguments.of("a backslash", get("/v1\\charges", ""), 400),
        Arguments.of("a control character", get("/v1/\u0001", ""), 400),
        Arguments.of("raw UTF-8 in the path", get("/v1/\u00c3\u00a9", ""), 400),
        Arguments.of("a broken escape in the path", get("/v1/charges/%zz", KEY), 400),
        Arguments.of("a broken escape in the query", get("/v1/charges?limit=%zz", KEY), 400),
        Arguments.of("CONNECT", "CONNECT ledger:443 HTTP/1.1\r\n" + HOST + "\r\n", 501),
        Arguments.of("a long request line", get("/" + "a".repeat(9_000), ""), 414),
        Arguments.of(
            "a key of 30 kB",
            post("Idempotency-Key: " + "k".repeat(30_000) + "\r\n" + length, GOOD),
            431));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("untrusted")
  void a_request_that_cannot_be_trusted_is_refused_and_its_connection_closed(
      String what, String request, int status) {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(request);

      isProblem(connection.read(), status);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void what_follows_an_untrusted_request_is_not_read_and_what_precedes_it_is_answered() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(
          get("/v1/charges?limit=1", KEY)
              + get("/openapi", HOST)
              + post("Content-Length: " + GOOD.length() + "\r\n", GOOD));

      assertThat(connection.read().status()).isEqualTo(200);
      isProblem(connection.read(), 400);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(get("/v1/charges?limit=1", KEY) + get("/nothing", "") + get("/v1/x", ""));

      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(404);
      assertThat(connection.read().status()).isEqualTo(401);
    }
  }

  @Test
  void one_connection_has_at_most_a_hundred_requests_waiting() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(get("/v1/charges?limit=1", KEY).repeat(102));

      List<Integer> statuses = new ArrayList<>();
      do {
        statuses.add(connection.read().status());
      } while (statuses.get(statuses.size() - 1) == 200);

      assertThat(statuses).hasSizeBetween(101, 102).last().isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1%2Fcharges",
        "/%76%31/charges",
        "/nothing/../v1/charges",
        "/v1//charges",
        "//v1/charges",
        "/v1;a=b/charges",
        "/v1/charges;a=b",
        "http://elsewhere/v1/charges"
      })
  void no_spelling_of_a_path_gets_past_the_callers_key(String target) {
    isProblem(RawConnection.answer(get(target, "")), 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/charges/../ops/invariants",
        "/v1/charges/%2e%2e/ops/invariants",
        "/v1//ops/invariants",
        "/v1/%6fps/invariants",
        "/v1/ops;a=b/invariants"
      })
  void no_spelling_of_a_path_lets_a_merchant_operate(String target) {
    isProblem(RawConnection.answer(get(target, KEY)), 403);
  }

  @Test
  void a_folded_header_is_read_as_one_with_a_space_as_rfc_9112_permits() {
    Answer answer =
        RawConnection.answer(
            post("Idempotency-Key: a\r\n b\r\nContent-Length: " + GOOD.length() + "\r\n", GOOD));

    isProblem(answer, 400);
    assertThat(answer.body()).contains("idempotency-key-invalid");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\0', '\1', '\b', '\u001b', '\u007f'})
  void a_control_character_in_a_key_is_told_to_be_there(char control) {
    String length = "Content-Length: " + GOOD.length() + "\r\n";
    for (String key : List.of("a" + control + "b", control + "", "\"a" + control + "\"")) {
      Answer answer = RawConnection.answer(post("idempotency-key: " + key + "\r\n" + length, GOOD));

      isProblem(answer, 400);
      assertThat(answer.body()).contains("/problems/idempotency-key-invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 65_536, 70_000, 200_000})
  void after_a_body_that_nobody_reads_the_connection_goes_on(int size) {
    String length = "Content-Length: " + size + "\r\n";
    for (String start :
        List.of("GET /v1/charges?limit=1", "GET /v1/nothing", "DELETE /v1/charges")) {
      try (RawConnection connection = RawConnection.open()) {
        connection.send(get("/v1/charges", KEY + length).replace("GET /v1/charges", start));
        connection.send(" ".repeat(size));
        connection.read();

        connection.send(get("/v1/charges?limit=1", KEY));
        assertThat(connection.read().status()).as(start).isEqualTo(200);
      }
    }
  }

  @Test
  void a_key_of_eight_kilobytes_is_refused_and_the_connection_goes_on() {
    try (RawConnection connection = RawConnection.open()) {
      String length = "Content-Length: " + GOOD.length() + "\r\n";
      connection.send(post("Idempotency-Key: " + "k".repeat(8_000) + "\r\n" + length, GOOD));
      isProblem(connection.read(), 400);

      connection.send(get("/v1/charges?limit=1", KEY));
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  static Stream<Arguments> large() {
    int size = 10_000_000;
    String length = "Content-Length: " + size + "\r\n";
    String key = "Idempotency-Key: large\r\n";
    String body = " ".repeat(size);
    String chunk = Integer.toHexString(size) + "\r\n" + body + "\r\n0\r\n\r\n";
    return Stream.of(
        Arguments.of("length", post(key + length, body), 413),
        Arguments.of("chunks", post(key + CHUNKED, chunk), 413),
        Arguments.of("no idempotency key", post(length, body), 400),
        Arguments.of("length, no caller", post(key + length, body).replace(KEY, ""), 401),
        Arguments.of("chunks, no caller", post(key + CHUNKED, chunk).replace(KEY, ""), 401),
        Arguments.of("no such route", get("/nothing", length) + body, 404));
  }

  /** The checks keep their order, and whoever cannot stop sending still hears the answer. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("large")
  void ten_megabytes_are_refused_in_turn_and_the_connection_goes_on(
      String what, String request, int status) {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(request);
      isProblem(connection.read(), status);

      connection.send(get("/v1/charges?limit=1", KEY));
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_without_end_is_refused_before_it_is_there() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(
          post("Idempotency-Key: endless\r\nContent-Length: 1000000000000\r\n", "")
              + " ".repeat(2 * JsonBody.LARGEST));

      isProblem(connection.read(), 413);
    }
  }

  @Test
  void who_asks_before_sending_is_told_to_go_on_and_then_refused() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(
          post("Idempotency-Key: asks\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n", ""));
      assertThat(connection.read().status()).isEqualTo(100);

      connection.send(" ".repeat(100_000));
      isProblem(connection.read(), 413);
    }
  }

  @Test
  void every_path_of_the_document_refuses_other_methods_and_names_its_own() {
    Map<String, Map<String, Object>> paths =
        given().accept("application/json").get("/openapi").path("paths");
    assertThat(paths).isNotEmpty();
    paths.forEach(
        (path, operations) -> {
          Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
          Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
              .filter(method -> operations.containsKey(method.toLowerCase(Locale.ROOT)))
              .forEach(allowed::add);
          if (allowed.contains("GET")) {
            allowed.add("HEAD");
          }
          Stream.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE")
              .filter(method -> !allowed.contains(method))
              .forEach(
                  method -> {
                    Response answer = send(method, path.replaceAll("\\{[^}]*}", "x"));
                    assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
                    assertThat(answer.contentType()).isEqualTo("application/problem+json");
                    assertThat(answer.<String>path("type"))
                        .isEqualTo("/problems/method-not-allowed");
                    assertThat(methods(answer)).as(path).isEqualTo(allowed);
                  });
        });
  }

  @Test
  void a_method_in_lower_case_is_another_method() {
    isProblem(RawConnection.answer(get("/v1/charges", KEY).replace("GET", "get")), 405);
  }

  @Test
  void a_stranger_learns_no_methods() {
    given().delete("/v1/charges").then().statusCode(401);
    given().options("/v1/charges").then().statusCode(401);
  }

  @Test
  void the_document_is_for_reading_only() {
    Response post = given().post("/openapi");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(methods(post)).containsExactly("GET", "HEAD", "OPTIONS");
    assertThat(methods(given().options("/openapi"))).containsExactly("GET", "HEAD", "OPTIONS");
  }

  @Test
  void options_names_the_methods_of_that_path() {
    assertThat(methods(asMerchant().options("/v1/charges/x")))
        .containsExactly("GET", "HEAD", "OPTIONS");
    assertThat(methods(asMerchant().options("/v1/charges")))
        .containsExactly("GET", "HEAD", "OPTIONS", "POST");
  }

  @Test
  void no_origin_is_ever_let_in() {
    for (String path : List.of("/v1/charges", "/openapi", "/nothing")) {
      for (String method : List.of("OPTIONS", "GET")) {
        Response answer =
            asMerchant()
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .request(method, path);
        assertThat(answer.headers().asList())
            .noneMatch(header -> header.getName().toLowerCase(Locale.ROOT).contains("access-"));
      }
    }
  }

  @Test
  void head_is_get_without_a_body() {
    Response answer = asMerchant().head("/v1/charges?limit=1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.asByteArray()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nothing",
        "/q",
        "/q/",
        "/q/health",
        "/q/metrics",
        "/q/dev-ui",
        "/q/swagger-ui",
        "/q/swagger-ui/",
        "/q/swagger-ui/index.html",
        "/q/openapi",
        "/swagger-ui",
        "/v1"
      })
  void there_is_nothing_else_on_the_public_port(String path) {
    isProblem(RawConnection.answer(get(path, "")), 404);
  }

  @Test
  void every_answer_keeps_browsers_and_caches_from_making_more_of_it() {
    for (String request :
        List.of(
            get("/v1/charges?limit=1", KEY),
            get("/v1/charges", ""),
            get("/v1/charges/x", KEY),
            get("/nothing", ""),
            get("/openapi", ""),
            get("/openapi", "").replace("GET", "POST"),
            get("/openapi", HOST),
            "PUT /v1/charges HTTP/1.1\r\n" + HOST + KEY + "\r\n")) {
      Answer answer = RawConnection.answer(request);

      assertThat(answer.header("X-Content-Type-Options")).as(request).hasValue("nosniff");
      assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.header("Cache-Control")).hasValue("no-store");
      assertThat(answer.header("Content-Security-Policy"))
          .hasValue("default-src 'none'; frame-ancestors 'none'");
      assertThat(answer.header("Strict-Transport-Security")).isEmpty();
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  private long charges() {
    return database.number("SELECT count(*) FROM charge");
  }

  private static Response send(String method, String path) {
    return (path.startsWith("/v1/ops/") || path.startsWith("/v1/merchants")
            ? asOperator()
            : asMerchant())
        .request(method, path);
  }

  private static Set<String> methods(Response answer) {
    return new TreeSet<>(Arrays.asList(answer.header("Allow").split(", ", -1)));
  }

  private static void isProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.head().get(0)).startsWith("HTTP/1.1 ");
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).startsWith("{\"type\":\"/problems/").contains("\"status\":" + status);
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n";
  }

  /** Without an idempotency key, and without a length: tests give theirs. */
  private static String post(String headers, String body) {
    return "POST /v1/charges HTTP/1.1\r\n"
        + HOST
        + KEY
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n"
        + body;
  }
}
