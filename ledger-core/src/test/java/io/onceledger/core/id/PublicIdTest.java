package io.onceledger.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.LedgerDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicIdTest {

  private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

  @Test
  void an_id_is_a_type_id() {
    // The example of the TypeID specification.
    assertThat(PublicId.CHARGE.text(ID)).isEqualTo("ch_01h455vb4pex5vsknk084sn02q");
    assertThat(PublicId.CHARGE.parse("ch_01h455vb4pex5vsknk084sn02q")).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ch_",
        "re_01h455vb4pex5vsknk084sn02q",
        "CH_01h455vb4pex5vsknk084sn02q",
        "ch_01H455VB4PEX5VSKNK084SN02Q",
        "ch_o1h455vb4pex5vsknk084sn02q",
        "ch_81h455vb4pex5vsknk084sn02q",
        "ch_01h455vb4pex5vsknk084sn02",
        "ch_01h455vb4pex5vsknk084sn02qq",
        "ch_01h455vb4pex5vsknk084sn02!",
        "ch_01890a5d-ac96-774b-bcce-b302"
      })
  void another_spelling_is_no_id(String text) {
    assertThat(PublicId.CHARGE.parse(text)).isEmpty();
  }

  @Test
  void sql_writes_ids_as_java_does() {
    LedgerDatabase database = LedgerDatabase.create();
    for (UUID id : new UUID[] {ID, PublicId.next(), new UUID(0, 0), new UUID(-1, -1)}) {
      assertThat(database.column("SELECT public_id('mer_', ?)", id))
          .containsExactly(PublicId.MERCHANT.text(id));
    }
  }
}
