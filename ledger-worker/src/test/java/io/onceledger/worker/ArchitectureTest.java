package io.onceledger.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.onceledger.worker");

  @Test
  void whoever_calls_the_processor_holds_no_connection_and_no_transaction() {
    noClasses()
        .that()
        .resideInAPackage("..worker.processor..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "jakarta.transaction..", "io.onceledger.core.database..")
        .check(WORKER);
  }

  @Test
  void the_worker_never_sees_the_api() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.onceledger.api..", "jakarta.ws.rs..", "jakarta.persistence..")
        .check(WORKER);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching("io.onceledger.worker.(*)..").should().beFreeOfCycles().check(WORKER);
  }
}
