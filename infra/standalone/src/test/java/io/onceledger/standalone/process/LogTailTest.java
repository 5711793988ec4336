package io.onceledger.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailTest {

  @Test
  void the_innermost_cause_of_a_stack_trace_is_the_reason() {
    assertThat(
            LogTail.reason(
                List.of(
                    "INFO starting",
                    "ERROR Failed to start application: java.lang.RuntimeException: no",
                    "\tat io.quarkus.Main.main(Main.java:1)",
                    "Caused by: java.lang.IllegalStateException: middle",
                    "\tat a.b(C.java:2)",
                    "Caused by: org.postgresql.util.PSQLException: the server refuses",
                    "\t... 12 more",
                    "")))
        .isEqualTo("org.postgresql.util.PSQLException: the server refuses");
  }

  @Test
  void else_the_last_complaint_and_else_the_last_line() {
    assertThat(LogTail.reason(List.of("ERROR first", "FATAL second", "bye")))
        .isEqualTo("FATAL second");
    assertThat(LogTail.reason(List.of("hello", "I give up", "", "\tat x"))).isEqualTo("I give up");
    assertThat(LogTail.reason(List.of())).isEmpty();
  }

  @Test
  void a_long_line_is_cut() {
    assertThat(LogTail.reason(List.of("ERROR " + "x".repeat(1000)))).hasSize(241).endsWith("…");
  }
}
