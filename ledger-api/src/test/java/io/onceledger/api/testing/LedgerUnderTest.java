package io.onceledger.api.testing;

import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Gives the application a database with two merchants and an operator, and tests the database. */
public class LedgerUnderTest implements QuarkusTestResourceLifecycleManager {

  public static final String MERCHANT_KEY = "sk_test_one";
  public static final String OTHER_KEY = "sk_test_two";
  public static final String OPERATOR_KEY = "ok_test";

  private LedgerDatabase database;
  private CuttingProxy wire;

  /** Whether the application's connections go over a {@link CuttingProxy}. */
  protected boolean overAWire() {
    return false;
  }

  @Override
  public Map<String, String> start() {
    database = LedgerDatabase.create();
    database.merchant(MERCHANT_KEY, 290, 30);
    database.merchant(OTHER_KEY, 0, 0);
    database.operator(OPERATOR_KEY);
    Map<String, String> configuration = new HashMap<>(database.configuration());
    if (overAWire()) {
      wire = database.wire();
      configuration.putAll(database.configuration(wire));
    }
    // Figures are read anew by every look: no test waits for the next ones.
    configuration.put("ledger.backlog.fresh-for", "0s");
    configuration.put("ledger.processor.webhook-secret", ProcessorSigner.SECRET);
    configuration.put("quarkus.http.test-port", "0");
    configuration.put("quarkus.management.test-port", "0");
    return configuration;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(database, new TestInjector.MatchesType(LedgerDatabase.class));
    if (overAWire()) {
      injector.injectIntoFields(wire, new TestInjector.MatchesType(CuttingProxy.class));
    }
  }

  @Override
  public void stop() {
    // The server drops its databases when the build ends.
  }
}
