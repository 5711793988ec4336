package io.onceledger.api.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import io.restassured.RestAssured;
import io.restassured.filter.FilterContext;
import io.restassured.filter.OrderedFilter;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Holds every answer of every REST-assured test to the OpenAPI document that the API under test
 * serves. Installed for all tests that run on Quarkus, under {@code META-INF/services}.
 */
public final class ContractFilter implements OrderedFilter, QuarkusTestBeforeClassCallback {

  private static final String DOCUMENT = "/openapi";

  private static Contract contract;

  @Override
  public void beforeClass(Class<?> test) {
    RestAssured.replaceFiltersWith(this);
  }

  /** First, so that it sees what a client sees. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    String path = path(request.getURI());
    if (request.getPort() != RestAssured.port || !isDocumented(request.getMethod(), path)) {
      return response;
    }
    Exchange exchange =
        new Exchange(
            request.getMethod(),
            path,
            text(request.<Object>getBody()),
            response.statusCode(),
            response::header,
            response.contentType().split(";", 2)[0].strip(),
            new String(response.asByteArray(), StandardCharsets.UTF_8));
    List<String> violations = contract().violations(exchange);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          exchange + " is not as documented:\n  " + String.join("\n  ", violations));
    }
    return response;
  }

  /** Not documented: the document itself, pages for people, and what every path has. */
  private static boolean isDocumented(String method, String path) {
    return !path.equals(DOCUMENT) && !path.startsWith("/problems") && !method.equals("OPTIONS");
  }

  private static synchronized Contract contract() {
    if (contract == null) {
      byte[] document =
          RestAssured.given().noFilters().accept("application/json").get(DOCUMENT).asByteArray();
      try {
        contract = new Contract(document);
      } catch (IOException e) {
        throw new AssertionError("the document cannot be read", e);
      }
    }
    return contract;
  }

  /** Of paths that tests send malformed on purpose, too, which no URI class reads. */
  private static String path(String uri) {
    return uri.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("\\?.*$", "");
  }

  private static String text(Object body) {
    return body instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : Objects.toString(body, "");
  }
}
