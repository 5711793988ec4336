package io.onceledger.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.onceledger.api.access.OperatorsOnly;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.onceledger.api");

  @Test
  void the_api_never_sees_the_worker_and_calls_nobody_but_the_processors_journal() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ProcessorJournal")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.onceledger.worker..",
            "io.vertx.ext.web.client..",
            "java.net.http..",
            "jakarta.ws.rs.client..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("io\\.vertx\\.core\\..*Client.*")
        .check(API);
  }

  @Test
  void resources_leave_sql_to_the_core() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.PreparedStatement")
        .check(API);
  }

  @Test
  void what_belongs_to_operators_says_so() {
    classes()
        .that()
        .areAnnotatedWith(
            describe(
                "a path of operators",
                annotation ->
                    annotation.getRawType().isEquivalentTo(Path.class)
                        && annotation
                            .get("value")
                            .map(Object::toString)
                            .orElse("")
                            .matches("/v1/(ops|merchants).*")))
        .should()
        .beAnnotatedWith(OperatorsOnly.class)
        .check(API);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching("io.onceledger.api.(*)..").should().beFreeOfCycles().check(API);
  }
}
