package io.onceledger.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small document, one text of it replaced at a time; in single quotes, to be read. */
class BreakingChangesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DOCUMENT =
      """
      {
        'paths': {'/a': {'post': {
          'operationId': 'makeA', 'security': [],
          'parameters': [{'$ref': '#/components/parameters/p'}],
          'requestBody': {'content': {'json': {'schema': {'$ref': '#/components/schemas/Ask'}}}},
          'responses': {'202': {
            'headers': {'Location': {'required': true, 'schema': {'type': 'string'}}},
            'content': {'json': {'schema': {'$ref': '#/components/schemas/Answer'}}}}}}}},
        'components': {
          'parameters': {'p': {'name': 'p', 'in': 'query', 'schema': {'type': 'string'}}},
          'schemas': {
            'Ask': {'required': ['x'], 'properties': {
              'x': {'type': ['integer', 'null'], 'maximum': 9},
              'y': {'enum': ['m', 'n']}}},
            'Answer': {'required': ['u'], 'properties': {
              'u': {'type': 'string', 'description': 'U'},
              'v': {'enum': ['m', 'n']}}}}}
      }
      """;

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          '/a'                   | '/b'                                   | /paths/~1a is gone
          'post'                 | 'put'                                  | /paths/~1a/post is gone
          'makeA'                | 'createA'                              | /post/operationId was
          'security': []         | 'security': [{'k': []}]                | /post/security was
          '202'                  | '200'                                  | /responses/202 is gone
          'Location'             | 'Place'                                | /headers/Location is gone
          'required': true       | 'required': false                      | /Location/required was true
          'in': 'query'          | 'in': 'query', 'required': true        | /p/required was not there
          'name': 'p'            | 'name': 'q'                            | /post/parameters/p is gone
          'required': ['x']      | 'required': ['x', 'y']                 | /schema/required was
          'required': ['x']      | 'required': ['x'], 'additionalProperties': false | Properties was not there
          'integer', 'null'      | 'integer'                              | /x/type was
          'maximum': 9           | 'maximum': 8                           | /x/maximum was 9 and is 8
          'maximum': 9           | 'maximum': 9, 'pattern': 'a'           | /x/pattern was not there
          'maximum': 9           | 'minimum': 0                           | /x/minimum was not there
          'y': {'enum': ['m', 'n'] | 'y': {'enum': ['m']                  | /y/enum was
          'y':                   | 'z':                                   | /properties/y is gone
          'required': ['u']      | 'required': []                         | /schema/required was
          'string', 'd           | ['string', 'null'], 'd                 | /u/type was
          'string', 'd           | 'string', 'format': 'date', 'd         | -
          'v': {'enum': ['m', 'n'] | 'v': {'enum': ['m']                  | /v/enum was
          'v':                   | 'w':                                   | /properties/v is gone
          Answer                 | Reply                                  | /components/schemas/Answer is gone
          'maximum': 9           | 'maximum': 10                          | -
          , 'maximum': 9         | -                                      | -
          'in': 'query'          | 'in': 'query', 'deprecated': true      | -
          'required': ['x'],     | -                                      | -
          'null'                 | 'null', 'string'                       | -
          'v': {'enum': ['m', 'n'] | 'v': {'enum': ['m', 'n', 'o']        | -
          'required': ['u']      | 'required': ['u', 'v']                 | -
          'required': ['u']      | 'required': ['u'], 'additionalProperties': false | -
          'description': 'U'     | 'description': 'V'                     | -
          'v':                   | 't': {}, 'v':                          | -
          """)
  void what_breaks_clients_is_told_from_what_does_not(String text, String replacement, String told)
      throws IOException {
    assertThat(DOCUMENT).contains(text);
    JsonNode before = read(DOCUMENT);
    JsonNode after = read(DOCUMENT.replace(text, replacement == null ? "" : replacement));

    assertThat(Differences.between(before, after)).isNotEmpty();
    if (told == null) {
      assertThat(BreakingChanges.between(before, after)).isEmpty();
    } else {
      assertThat(BreakingChanges.between(before, after)).singleElement().asString().contains(told);
    }
  }

  private static JsonNode read(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
