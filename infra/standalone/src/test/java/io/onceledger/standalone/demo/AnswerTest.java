package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.standalone.demo.Answer.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

  @ParameterizedTest
  @CsvSource({
    "202, ACCEPTED", "200, ACCEPTED", "0, AGAIN", "408, AGAIN", "409, AGAIN", "429, AGAIN",
    "500, AGAIN", "503, AGAIN", "400, REFUSED", "401, REFUSED", "404, REFUSED", "422, REFUSED",
  })
  void what_says_nothing_about_the_key_is_delivered_again(int status, Verdict verdict) {
    Answer answer = new Answer(status, false, Duration.ZERO, ByteBuffer.allocate(0));
    assertThat(answer.verdict()).isEqualTo(verdict);
  }
}
