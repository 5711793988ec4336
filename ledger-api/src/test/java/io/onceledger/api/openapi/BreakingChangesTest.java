package io.onceledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small document, one text of it replaced at a time. */
class BreakingChangesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DOCUMENT =
      """
      {
        "paths": {"/a": {"post": {
          "operationId": "makeA",
          "parameters": [{"$ref": "#/components/parameters/p"}],
          "requestBody": {"content": {"json": {"schema": {"$ref": "#/components/schemas/Ask"}}}},
          "responses": {"202": {
            "headers": {"Location": {"required": true, "schema": {"type": "string"}}},
            "content": {"json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}}}}},
        "components": {
          "parameters": {"p": {"name": "p", "in": "query", "schema": {"type": "string"}}},
          "schemas": {
            "Ask": {"required": ["x"], "properties": {
              "x": {"type": ["integer", "null"], "maximum": 9},
              "y": {"enum": ["m", "n"]}}},
            "Answer": {"required": ["u"], "properties": {
              "u": {"type": "string", "description": "U"},
              "v": {"enum": ["m", "n"]}}}}}
      }
      """;

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "\"/a\"                             | \"/b\"               | /paths/~1a is gone",
        "\"post\"                           | \"put\"              | /paths/~1a/post is gone",
        "\"makeA\"                          | \"createA\"          | /paths/~1a/post/operationId"
            + " was",
        "\"202\"                            | \"200\"              | /post/responses/202 is gone",
        "\"Location\"                       | \"Place\"            | /202/headers/Location is gone",
        "\"required\": true                 | \"required\": false  | [true] may be missing now",
        "\"in\": \"query\"                  | \"in\": \"query\", \"required\": true | [true] must"
            + " be sent now",
        "\"name\": \"p\"                    | \"name\": \"q\"      | /post/parameters/p is gone",
        "\"required\": [\"x\"]              | \"required\": [\"x\", \"y\"] | [y] must be sent now",
        "\"integer\", \"null\"              | \"integer\"          | /properties/x/type was",
        "\"maximum\": 9                     | \"maximum\": 8       | /properties/x/maximum was 9"
            + " and is 8",
        "\"y\": {\"enum\": [\"m\", \"n\"]}  | \"y\": {\"enum\": [\"m\"]} | /properties/y/enum was",
        "\"y\": {                           | \"z\": {             | /properties/y is gone",
        "\"required\": [\"u\"]              | \"required\": []     | [u] may be missing now",
        "\"type\": \"string\", \"d          | \"type\": [\"string\", \"null\"], \"d |"
            + " /properties/u/type was",
        "\"v\": {                           | \"w\": {             | /properties/v is gone",
        "Answer                             | Reply                | /components/schemas/Answer is"
            + " gone",
        "\"maximum\": 9                     | \"maximum\": 10      | -",
        "\"required\": [\"x\"]              | \"required\": []     | -",
        "\"integer\", \"null\"              | \"integer\", \"null\", \"string\" | -",
        "\"v\": {\"enum\": [\"m\", \"n\"]}  | \"v\": {\"enum\": [\"m\", \"n\", \"o\"]} | -",
        "\"required\": [\"u\"]              | \"required\": [\"u\", \"v\"] | -",
        "\"description\": \"U\"             | \"description\": \"V\" | -",
        "\"v\": {                           | \"t\": {}, \"v\": {  | -",
      })
  void what_breaks_clients_is_told_from_what_does_not(String text, String replacement, String told)
      throws IOException {
    assertThat(DOCUMENT).contains(text);
    JsonNode before = JSON.readTree(DOCUMENT);
    JsonNode after = JSON.readTree(DOCUMENT.replace(text, replacement));

    assertThat(Differences.between(before, after)).isNotEmpty();
    if (told == null) {
      assertThat(BreakingChanges.between(before, after)).isEmpty();
    } else {
      assertThat(BreakingChanges.between(before, after)).singleElement().asString().contains(told);
    }
  }
}
