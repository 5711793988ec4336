package io.onceledger.conformance.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/** What an answer should be, in the words of the contract. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
  private static final Set<String> FINAL = Set.of("succeeded", "declined", "canceled");

  private AnswerAssert(Answer answer) {
    super(answer, AnswerAssert.class);
  }

  public static AnswerAssert assertThat(Answer answer) {
    return new AnswerAssert(answer);
  }

  public AnswerAssert hasStatus(int status) {
    return expect(actual.status() == status, "status " + status);
  }

  public AnswerAssert hasStatusIn(Integer... statuses) {
    return expect(List.of(statuses).contains(actual.status()), "a status of " + List.of(statuses));
  }

  /** The receipt of a first delivery. */
  public AnswerAssert isFirstReceipt() {
    return isReceipt()
        .expect(!actual.replayed(), "no Idempotent-Replayed, as this is a key's first delivery");
  }

  /** The receipt of a repeat: the bytes of the first answer. */
  public AnswerAssert isReplayOf(Answer first) {
    return isReceipt()
        .expect(
            actual.header("Idempotent-Replayed").filter("true"::equals).isPresent(),
            "Idempotent-Replayed: true, as the key was sent before")
        .expect(actual.location().equals(first.location()), "Location " + first.location())
        .expect(actual.body().equals(first.body()), "the bytes of the receipt " + first.body());
  }

  /**
   * 202, Location, and a charge or refund that is pending: what a first delivery and a repeat
   * share.
   */
  public AnswerAssert isReceipt() {
    return hasStatus(202)
        .isJson()
        .expect(actual.text("status").equals("pending"), "a receipt with status pending")
        .expect(!actual.text("id").isEmpty(), "a receipt with an id")
        .expect(
            actual.location().equals("/v1/" + actual.text("object") + "s/" + actual.text("id")),
            "Location: the path of what was made, such as /v1/charges/ and its id");
  }

  /** 200 with the charge as it is, after a wait that was worth it. */
  public AnswerAssert isSettled(String preferenceApplied) {
    return hasStatus(200)
        .isJson()
        .expect(FINAL.contains(actual.text("status")), "a final status")
        .hasHeader("Preference-Applied", preferenceApplied);
  }

  public AnswerAssert isJson() {
    return expect(
        mediaType().equals("application/json") && actual.json().isObject(),
        "a JSON object of type application/json");
  }

  public AnswerAssert hasHeader(String name, String value) {
    return expect(
        actual.header(name).filter(value::equalsIgnoreCase).isPresent(), name + ": " + value);
  }

  public AnswerAssert hasHeader(String name) {
    return expect(actual.header(name).isPresent(), "a header " + name);
  }

  public AnswerAssert hasMember(String name, String text) {
    return expect(actual.text(name).equals(text), "a member " + name + " that is " + text);
  }

  /** A problem of one of these codes, with all that RFC 9457 has for it. */
  public AnswerAssert isProblem(int status, String... codes) {
    String wanted = status + " " + String.join(" or ", codes);
    JsonNode problem = actual.json();
    return expect(
            actual.status() == status
                && List.of(codes).contains(actual.text("type").replaceFirst("^/problems/", "")),
            wanted + ": type /problems/" + codes[0])
        .expect(mediaType().equals("application/problem+json"), "type application/problem+json")
        .expect(!problem.path("title").asText().isEmpty(), "a title")
        .expect(!problem.path("detail").asText().isEmpty(), "a detail that says what to do")
        .expect(problem.path("status").asInt() == status, "a member status that is " + status);
  }

  /** Names exactly these fields under {@code errors}, each with a reason. */
  public AnswerAssert pointsAt(String... pointers) {
    Set<String> seen = new TreeSet<>();
    boolean explained = true;
    for (JsonNode error : actual.json().path("errors")) {
      seen.add(error.path("pointer").asText());
      explained &= !error.path("detail").asText().isEmpty();
    }
    return expect(
        explained && seen.equals(Set.of(pointers)),
        "errors at exactly " + String.join(", ", pointers) + ", each with a detail");
  }

  public AnswerAssert hasErrors() {
    return expect(!actual.json().path("errors").isEmpty(), "what is wrong under errors");
  }

  public AnswerAssert doesNotEcho(String... texts) {
    for (String text : texts) {
      expect(!actual.body().contains(text), "nothing of what was sent, such as " + text);
    }
    return this;
  }

  public AnswerAssert isNotHtml() {
    return expect(
        !mediaType().contains("html") && !actual.body().stripLeading().startsWith("<"), "no HTML");
  }

  /** Fails with what was expected, seen and sent if it does not hold. */
  public AnswerAssert expect(boolean holds, String expectation) {
    isNotNull();
    if (!holds) {
      failWithMessage(
          "expected  %s%nseen      %s%nsent      %s", expectation, seen(), actual.request());
    }
    return this;
  }

  private String seen() {
    StringBuilder seen = new StringBuilder().append(actual.status());
    for (String name :
        List.of("Content-Type", "Location", "Idempotent-Replayed", "Preference-Applied", "Allow")) {
      actual
          .header(name)
          .ifPresent(value -> seen.append(", ").append(name).append(": ").append(value));
    }
    return seen.append(", ").append(actual.body().isEmpty() ? "no body" : actual.body()).toString();
  }

  private String mediaType() {
    return actual.header("Content-Type").orElse("").replaceFirst("\\s*;.*", "");
  }
}
