package io.onceledger.postgres;

import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The process that stands for the whole build: the nearest Java process above this one, which is
 * Maven for a forked test JVM (surefire may put a shell between), or else this one: an orphan's
 * parent is the first process of the machine, which never ends.
 */
final class BuildProcess {
  private BuildProcess() {}

  static ProcessHandle current() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.iterate(self.parent(), p -> p.isPresent(), p -> p.flatMap(ProcessHandle::parent))
        .flatMap(p -> p.stream())
        .filter(BuildProcess::isJava)
        .findFirst()
        .orElse(self);
  }

  /**
   * Where the JVMs of one build find each other; the start time tells a reused process id apart.
   */
  static Path meetingPoint(ProcessHandle build) {
    long started = build.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return Directories.temporary().resolve("build-" + build.pid() + "-" + started);
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("java")).isPresent();
  }
}
