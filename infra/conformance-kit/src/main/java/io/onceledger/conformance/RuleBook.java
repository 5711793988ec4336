package io.onceledger.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.onceledger.conformance.Options.UsageException;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.rules.Families;
import java.io.PrintStream;
import java.util.Locale;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The rules that were asked for, on a JUnit Platform that takes in nothing from the class path. */
final class RuleBook {
  /** Nothing of a surrounding test run, in which this may be called, too. */
  private static final LauncherConfig ALONE =
      LauncherConfig.builder()
          .enableTestEngineAutoRegistration(false)
          .addTestEngines(new JupiterTestEngine())
          .enableTestExecutionListenerAutoRegistration(false)
          .enableLauncherDiscoveryListenerAutoRegistration(false)
          .enableLauncherSessionListenerAutoRegistration(false)
          .enablePostDiscoveryFilterAutoRegistration(false)
          .build();

  private final String only;

  /**
   * Some of the rules.
   *
   * @param only in lower case; part of the family or the sentence; empty for all
   */
  RuleBook(String only) {
    this.only = only;
  }

  /** Runs the rules one after the other; {@code report} hears of each. */
  void run(Ledger ledger, Report report) {
    try (LauncherSession session = LauncherFactory.openSession(ALONE)) {
      session.getStore().put(Namespace.create(Families.STORE), Ledger.class, ledger);
      session.getLauncher().execute(discover(session), report);
    }
  }

  /** Prints the rules without running them. */
  void list(PrintStream out) {
    try (LauncherSession session = LauncherFactory.openSession(ALONE)) {
      TestPlan plan = discover(session);
      for (TestIdentifier engine : plan.getRoots()) {
        for (TestIdentifier family : plan.getChildren(engine)) {
          out.println(family.getDisplayName());
          plan.getChildren(family).forEach(rule -> out.println("  " + rule.getDisplayName()));
        }
      }
    }
  }

  private TestPlan discover(LauncherSession session) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .enableImplicitConfigurationParameters(false)
            .configurationParameter(
                "junit.jupiter.testmethod.order.default",
                "org.junit.jupiter.api.MethodOrderer$MethodName")
            .selectors(Families.IN_ORDER.stream().map(family -> selectClass(family)).toList())
            .filters((PostDiscoveryFilter) this::wanted)
            .build();
    TestPlan plan = session.getLauncher().discover(request);
    if (plan.countTestIdentifiers(rule -> rule.getSource().orElse(null) instanceof MethodSource)
        == 0) {
      throw new UsageException("no rule contains '" + only + "'");
    }
    return plan;
  }

  private FilterResult wanted(TestDescriptor descriptor) {
    return FilterResult.includedIf(
        !(descriptor.getSource().orElse(null) instanceof MethodSource)
            || contains(descriptor)
            || descriptor
                .getParent()
                .filter(RuleBook::isFamily)
                .filter(this::contains)
                .isPresent());
  }

  private static boolean isFamily(TestDescriptor descriptor) {
    return descriptor.getSource().orElse(null) instanceof ClassSource;
  }

  private boolean contains(TestDescriptor descriptor) {
    return descriptor.getDisplayName().toLowerCase(Locale.ROOT).contains(only);
  }
}
