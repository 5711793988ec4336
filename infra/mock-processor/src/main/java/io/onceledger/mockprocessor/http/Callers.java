package io.onceledger.mockprocessor.http;

import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.idempotency.KeySyntax;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Reads whose request it is, and under which key. */
final class Callers {
  private Callers() {}

  /** The key that the headers of a POST give. */
  static Key key(Resource resource, MultiMap headers) {
    String account = only(headers, "Merchant-Account", "merchant_account");
    String field = only(headers, "Idempotency-Key", "idempotency_key");
    String value =
        KeySyntax.parse(field)
            .orElseThrow(
                () ->
                    Refusal.badRequest(
                        "idempotency_key_invalid",
                        "Idempotency-Key must be a token or a quoted string of 1 to 255 printable"
                            + " ASCII characters"));
    return key(resource, account, value);
  }

  /** The key that the members of a body or query give, as its bare value. */
  static Key key(Resource resource, String account, String value) {
    if (account == null || !KeySyntax.isValue(account)) {
      throw Refusal.badRequest(
          "merchant_account_invalid",
          "a merchant account of 1 to 255 printable ASCII characters is needed");
    }
    if (value == null || !KeySyntax.isValue(value)) {
      throw Refusal.badRequest(
          "idempotency_key_invalid",
          "an idempotency key of 1 to 255 printable ASCII characters is needed");
    }
    return new Key(resource, account, value);
  }

  /** A parameter of the query; null if it is not given. */
  static String parameter(HttpServerRequest request, String name) {
    try {
      return request.getParam(name);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("invalid_query", "the query is not percent-encoded as it should be");
    }
  }

  private static String only(MultiMap headers, String name, String code) {
    List<String> values = headers.getAll(name);
    if (values.isEmpty()) {
      throw Refusal.badRequest(code + "_missing", "the header " + name + " is needed");
    }
    if (values.size() > 1) {
      throw Refusal.badRequest(code + "_invalid", "only one header " + name + " is allowed");
    }
    return values.get(0);
  }
}
