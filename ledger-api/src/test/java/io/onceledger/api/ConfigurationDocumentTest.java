package io.onceledger.api;

import io.onceledger.core.testing.ConfigurationDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {

  @Test
  void the_document_names_all_that_can_be_configured_with_its_default() throws IOException {
    ConfigurationDocument.assertNamesAllOf("io.onceledger.api");
  }
}
