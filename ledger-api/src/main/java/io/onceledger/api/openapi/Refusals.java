package io.onceledger.api.openapi;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.onceledger.api.problem.ProblemCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Tells of every route how it can refuse: one shared response for each status of {@link
 * ProblemCode}, and at each operation those that follow from its shape. A route says itself only
 * what its shape does not, by a response with a reference to {@link LedgerDocument#REFUSED}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Refusals implements OASFilter {

  private static final String MERCHANTS_AND_OPERATORS = "/v1/";
  private static final String PROCESSORS = "/v1/processor-notifications";
  private static final String NAME = "problem-";

  private static final Set<Integer> EVERYWHERE = Set.of(400, 406, 500, 503);
  private static final Set<Integer> WITH_A_KEY_OF_A_CALLER = Set.of(401, 403, 429);
  private static final Set<Integer> WITH_A_NAME_IN_THE_PATH = Set.of(404);
  private static final Set<Integer> WITH_A_BODY = Set.of(413, 415);
  private static final Set<Integer> WITH_AN_IDEMPOTENCY_KEY = Set.of(409, 422);

  private static final Map<Integer, String> HEADERS =
      Map.of(
          401, "WWW-Authenticate",
          405, "Allow",
          409, "Retry-After",
          429, "Retry-After",
          503, "Retry-After");

  private final Map<Integer, List<ProblemCode>> codes =
      Stream.of(ProblemCode.values())
          .collect(groupingBy(ProblemCode::status, TreeMap::new, toList()));

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, ?> examples = document.getComponents().getExamples();
    codes.forEach(
        (status, codesOfIt) ->
            document
                .getComponents()
                .addResponse(NAME + status, shared(status, codesOfIt, examples.keySet())));
    document
        .getComponents()
        .getSchemas()
        .get("Problem")
        .getProperties()
        .get("type")
        .setEnumeration(Stream.of(ProblemCode.values()).map(code -> (Object) code.type()).toList());
    document.getPaths().getPathItems().forEach(this::add);
  }

  private void add(String path, PathItem item) {
    boolean open = !path.startsWith(MERCHANTS_AND_OPERATORS) || path.equals(PROCESSORS);
    for (Operation operation : item.getOperations().values()) {
      if (open) {
        operation.setSecurity(List.of());
      }
      APIResponses responses = operation.getResponses();
      Stream.of(
              EVERYWHERE,
              open ? Set.<Integer>of() : WITH_A_KEY_OF_A_CALLER,
              path.contains("{") ? WITH_A_NAME_IN_THE_PATH : Set.<Integer>of(),
              operation.getRequestBody() != null ? WITH_A_BODY : Set.<Integer>of(),
              takesIdempotencyKey(operation) ? WITH_AN_IDEMPOTENCY_KEY : Set.<Integer>of(),
              refusals(responses))
          .flatMap(Set::stream)
          .filter(codes::containsKey)
          .sorted()
          .forEach(
              status ->
                  responses.addAPIResponse(
                      String.valueOf(status), OASFactory.createAPIResponse().ref(NAME + status)));
    }
  }

  /** The statuses that the route names itself. */
  private static Set<Integer> refusals(APIResponses responses) {
    return responses.getAPIResponses().keySet().stream()
        .filter(status -> status.matches("[45]\\d\\d"))
        .map(Integer::valueOf)
        .collect(toSet());
  }

  private static boolean takesIdempotencyKey(Operation operation) {
    List<Parameter> parameters = operation.getParameters();
    return parameters != null
        && parameters.stream()
            .map(Parameter::getRef)
            .anyMatch(("#/components/parameters/" + LedgerDocument.IDEMPOTENCY_KEY)::equals);
  }

  private static APIResponse shared(int status, List<ProblemCode> codes, Set<String> examples) {
    MediaType problem =
        OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
    codes.stream()
        .map(Refusals::name)
        .filter(examples::contains)
        .forEach(name -> problem.addExample(name, OASFactory.createExample().ref(name)));
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(
                codes.stream()
                    .map(code -> "`%s`: %s".formatted(name(code), code.title()))
                    .collect(joining("\n\n")))
            .content(OASFactory.createContent().addMediaType("application/problem+json", problem));
    String header = HEADERS.get(status);
    if (header != null) {
      response.addHeader(header, OASFactory.createHeader().ref(header));
    }
    return response;
  }

  private static String name(ProblemCode code) {
    return code.type().substring(code.type().lastIndexOf('/') + 1);
  }
}
