package io.onceledger.api.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceCsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void a_cell_is_no_formula(String text) {
    assertThat(DifferenceCsv.cell(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pay_1", "1=1", "'", " ="})
  void another_cell_is_as_it_was(String text) {
    assertThat(DifferenceCsv.cell(text)).isEqualTo(text);
  }
}
