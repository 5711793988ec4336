package io.onceledger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The API as the merchant {@code demo} sees it, and the one question that is the operator's. */
public final class LedgerApi {
  private static final String MERCHANT_KEY = "Bearer sk_test_demo";
  private static final String OPERATOR_KEY = "Bearer ok_test_operator";

  /** The most that a page may have. */
  static final int PAGE = 100;

  private final Http http;
  private final URI base;

  public LedgerApi(Http http, URI base) {
    this.http = http;
    this.base = base;
  }

  /** Delivers an order once. */
  public Answer charge(Order order) {
    HttpRequest request =
        Http.request(base.resolve("/v1/charges"))
            .header("Authorization", MERCHANT_KEY)
            .header("Idempotency-Key", order.idempotencyKeyHeader())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body(order)))
            .build();
    try {
      return Http.answer(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException noAnswer) {
      return Answer.none(Http.reason(noAnswer));
    }
  }

  /**
   * Delivers an order and hangs up, as a client does whose process dies.
   *
   * @param waitForAnswer until its first byte arrives: then the order is accepted, and the client
   *     does not know
   * @return whether the whole request was sent
   */
  boolean chargeAndHangUp(Order order, boolean waitForAnswer) {
    byte[] body = body(order);
    String head =
        "POST /v1/charges HTTP/1.1\r\n"
            + ("Host: " + base.getAuthority() + "\r\n")
            + ("Authorization: " + MERCHANT_KEY + "\r\n")
            + ("Idempotency-Key: " + order.idempotencyKeyHeader() + "\r\n")
            + "Content-Type: application/json\r\n"
            + ("Content-Length: " + body.length + "\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    int patience = Math.toIntExact(Http.ANSWER.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()), patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(request.toByteArray());
      if (waitForAnswer) {
        int unread = socket.getInputStream().read();
        return unread >= 0;
      }
      return true;
    } catch (IOException notEvenSent) {
      return false;
    }
  }

  /** A charge as it is now; null if there is none. */
  JsonNode charge(String id, Patience patience) {
    return get("/v1/charges/" + id, MERCHANT_KEY, patience);
  }

  /**
   * All charges, newest first, page by page.
   *
   * @param more takes a page, and says whether to go on
   */
  void charges(Patience patience, Predicate<List<JsonNode>> more) {
    pages("/v1/charges?", patience, more);
  }

  /** The ids of all charges with a status. */
  List<String> charges(String status, Patience patience) {
    return list("/v1/charges?status=" + status, patience).stream()
        .map(charge -> charge.path("id").asText())
        .toList();
  }

  /** All ledger entries posted since then. */
  List<JsonNode> entriesFrom(String timestamp, Patience patience) {
    return list("/v1/entries?from=" + timestamp, patience);
  }

  /** All accounts of the merchant. */
  List<JsonNode> accounts(Patience patience) {
    List<JsonNode> accounts = new ArrayList<>();
    get("/v1/accounts", MERCHANT_KEY, patience).path("data").forEach(accounts::add);
    return accounts;
  }

  /** What the invariants say at the moment. */
  JsonNode invariants(Patience patience) {
    return get("/v1/ops/invariants", OPERATOR_KEY, patience);
  }

  private List<JsonNode> list(String query, Patience patience) {
    List<JsonNode> all = new ArrayList<>();
    pages(query + "&", patience, all::addAll);
    return all;
  }

  private void pages(String query, Patience patience, Predicate<List<JsonNode>> more) {
    String cursor = "";
    boolean enough = false;
    while (!enough) {
      JsonNode page = get(query + "limit=" + PAGE + cursor, MERCHANT_KEY, patience);
      List<JsonNode> data = new ArrayList<>();
      page.path("data").forEach(data::add);
      JsonNode next = page.path("next_cursor");
      enough = !more.test(data) || !next.isTextual();
      cursor = "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode get(String path, String key, Patience patience) {
    return http.json(
        Http.request(base.resolve(path)).header("Authorization", key).build(), patience);
  }

  /** The same bytes each time, though any would do that mean the same. */
  private static byte[] body(Order order) {
    ObjectNode body =
        Http.JSON
            .createObjectNode()
            .put("amount", order.amount())
            .put("currency", order.currency())
            .put("payment_method", order.paymentMethod());
    if (!order.description().isEmpty()) {
      body.put("description", order.description());
    }
    try {
      return Http.JSON.writeValueAsBytes(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
