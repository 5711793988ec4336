package io.onceledger.standalone.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A child process, described by data.
 *
 * @param where the address to show
 * @param environment added to what is inherited
 * @param log its output is appended here
 * @param patience how long it may take to become ready
 */
public record Component(
    String name,
    String where,
    List<String> command,
    Map<String, String> environment,
    Path log,
    Readiness readiness,
    Duration patience)
    implements Service {

  public Component {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @Override
  public Instance start() {
    return ChildProcess.start(this);
  }
}
