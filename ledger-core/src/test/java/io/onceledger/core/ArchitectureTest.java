package io.onceledger.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.onceledger.core");

  @Test
  void the_core_knows_no_http_and_no_scheduler() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.ws.rs..",
            "java.net.http..",
            "io.vertx..",
            "io.quarkus.scheduler..",
            "io.onceledger.api..",
            "io.onceledger.worker..")
        .check(CORE);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching("io.onceledger.core.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void there_is_no_floating_point_near_money() {
    noClasses().should().dependOnClassesThat().belongToAnyOf(Double.class, Float.class).check(CORE);
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields()
        .should()
        .haveRawType(double.class)
        .orShould()
        .haveRawType(float.class)
        .check(CORE);
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods()
        .should()
        .haveRawReturnType(double.class)
        .orShould()
        .haveRawReturnType(float.class)
        .check(CORE);
  }
}
