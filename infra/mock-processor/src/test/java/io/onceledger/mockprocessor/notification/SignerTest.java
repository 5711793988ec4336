package io.onceledger.mockprocessor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void it_signs_as_the_library_of_the_standard(int secretBytes) throws Exception {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[secretBytes]);
    String body = "{\"text\":\"ä€𝄞\"}";

    assertThat(Signer.of(secret).sign("ntf_1", "1614265330", body.getBytes(UTF_8)))
        .isEqualTo(new Webhook(secret).sign("ntf_1", 1_614_265_330, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "whsec_!!!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,",
      })
  void what_is_no_secret_is_refused_and_not_repeated(String secret) {
    assertThatThrownBy(() -> Signer.of(secret)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_of_more_than_64_bytes_is_refused() {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[65]);

    assertThatThrownBy(() -> Signer.of(secret)).isInstanceOf(IllegalArgumentException.class);
  }
}
