package io.onceledger.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * Says of all bodies what the code does with all of them. A request may have no member that is not
 * known, unless its schema says so. An answer has all of its members, null where there is nothing
 * to say, unless its schema itself says which are required. A page of things is called a list of
 * them.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Schemas implements OASFilter {

  private static final String PAGE = "ListBody";

  /** Of what the core calls by a short name, knowing no document. */
  private static final Map<String, String> CLEARER =
      Map.of(
          "Report", "InvariantReport",
          "Check", "InvariantCheck",
          "Violation", "InvariantViolation");

  private final List<Schema> references = new ArrayList<>();

  /** Runs before {@link #filterOpenAPI}, for every schema wherever it stands. */
  @Override
  public Schema filterSchema(Schema schema) {
    if (schema.getRef() != null) {
      references.add(schema);
    }
    return schema;
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Map<String, Schema> schemas = document.getComponents().getSchemas();
    Set<String> requests = requests(document);
    schemas.forEach(
        (name, schema) -> {
          if (!requests.contains(name)) {
            if (schema.getProperties() != null && schema.getRequired() == null) {
              schema.setRequired(List.copyOf(schema.getProperties().keySet()));
            }
          } else if (schema.getAdditionalPropertiesSchema() == null) {
            schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
          }
        });
    rename(document, schemas);
  }

  private void rename(OpenAPI document, Map<String, Schema> schemas) {
    Map<String, Schema> renamed = new TreeMap<>();
    schemas.forEach((name, schema) -> renamed.put(name(name, schemas), schema));
    references.forEach(reference -> reference.setRef(name(target(reference.getRef()), schemas)));
    document.getComponents().setSchemas(renamed);
  }

  private static String name(String name, Map<String, Schema> schemas) {
    if (name.startsWith(PAGE) && schemas.containsKey(name)) {
      String item = schemas.get(name).getProperties().get("data").getItems().getRef();
      return name(target(item), schemas) + "List";
    }
    return CLEARER.getOrDefault(name, name);
  }

  private static Set<String> requests(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .map(operation -> operation.getRequestBody())
        .filter(Objects::nonNull)
        .map(RequestBody::getContent)
        .filter(Objects::nonNull)
        .flatMap(content -> content.getMediaTypes().values().stream())
        .flatMap(type -> Stream.ofNullable(type.getSchema()))
        .flatMap(schema -> Stream.ofNullable(schema.getRef()))
        .map(Schemas::target)
        .collect(Collectors.toSet());
  }

  private static String target(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
