package io.onceledger.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.testing.Misspellings;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class QueryParametersPropertyTest {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  @Property
  void a_time_of_any_zone_is_the_instant_that_it_names(@ForAll("times") OffsetDateTime time) {
    QueryParameters parameters =
        new QueryParameters(
            query("from", List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))));

    assertThat(parameters.instant("from")).contains(time.toInstant());
    parameters.done();
  }

  @Property
  void any_text_is_a_time_of_the_years_1_to_9999_or_is_refused(@ForAll("nearlyTimes") String text) {
    QueryParameters parameters = new QueryParameters(query("from", List.of(text)));

    parameters
        .instant("from")
        .ifPresentOrElse(
            time -> {
              assertThat(time).isBetween(EARLIEST, LATEST);
              parameters.done();
            },
            () -> refused(parameters, "/from"));
  }

  @Property
  void a_limit_is_a_number_from_1_to_100_or_is_refused(@ForAll("limits") String text) {
    ListParameters parameters =
        new ListParameters("list", new UUID(0, 0), query("limit", List.of(text)));

    int limit = parameters.limit();

    if (text.matches("0*([1-9][0-9]?|100)") && text.length() <= 3) {
      assertThat(limit).isEqualTo(Integer.parseInt(text));
      parameters.done();
    } else {
      refused(parameters, "/limit");
    }
  }

  @Property
  void a_parameter_that_is_unknown_or_there_twice_is_refused_by_name(
      @ForAll String name, @ForAll String value, @ForAll @IntRange(min = 1, max = 3) int times) {
    MultivaluedMap<String, String> query = query(name, Collections.nCopies(times, value));
    QueryParameters unknown = new QueryParameters(query);
    QueryParameters known = new QueryParameters(query);

    assertThat(known.text(name)).contains(value);
    if (times == 1) {
      known.done();
    } else {
      refused(known, pointer(name));
    }
    refused(unknown, pointer(name));
  }

  private static void refused(QueryParameters parameters, String pointer) {
    assertThatThrownBy(parameters::done)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ProblemCode.VALIDATION_ERROR);
              assertThat(refusal.errors()).extracting("pointer").containsExactly(pointer);
            });
  }

  private static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static MultivaluedMap<String, String> query(String name, List<String> values) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    query.put(name, values);
    return query;
  }

  @Provide
  Arbitrary<OffsetDateTime> times() {
    Arbitrary<Long> seconds =
        Arbitraries.longs()
            .between(
                Instant.parse("0001-01-02T00:00:00Z").getEpochSecond(),
                Instant.parse("9998-12-30T00:00:00Z").getEpochSecond());
    Arbitrary<Integer> nanos = Arbitraries.integers().between(0, 999_999_999);
    Arbitrary<Integer> offsets = Arbitraries.integers().between(-18 * 60, 18 * 60);
    return Combinators.combine(seconds, nanos, offsets)
        .as(
            (second, nano, offset) ->
                Instant.ofEpochSecond(second, nano)
                    .atOffset(ZoneOffset.ofTotalSeconds(offset * 60)));
  }

  @Provide
  Arbitrary<String> nearlyTimes() {
    return Arbitraries.oneOf(
        times().map(OffsetDateTime::toString).flatMap(Misspellings::of),
        Arbitraries.integers().map("%+d-12-31T23:59:59-18:00"::formatted),
        Arbitraries.of("0001-01-01T00:00:00+18:00", "9999-12-31T23:59:59-18:00"),
        Arbitraries.strings());
  }

  @Provide
  Arbitrary<String> limits() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-10, 110).map(String::valueOf),
        Arbitraries.strings().numeric().ofMaxLength(4),
        Arbitraries.strings());
  }
}
