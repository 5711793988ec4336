package io.onceledger.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.onceledger.api");

  @Test
  void the_api_never_sees_the_worker_and_calls_nobody() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.onceledger.worker..",
            "io.vertx.core.http..",
            "java.net.http..",
            "jakarta.ws.rs.client..")
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
  void packages_form_no_cycles() {
    slices().matching("io.onceledger.api.(*)..").should().beFreeOfCycles().check(API);
  }
}
