package io.onceledger.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

class FamiliesTest {

  @Test
  void no_family_is_forgotten() {
    assertThat(Families.IN_ORDER)
        .containsExactlyInAnyOrderElementsOf(
            ReflectionSupport.findAllClassesInPackage(
                Families.class.getPackageName(),
                one -> one.isAnnotationPresent(Family.class),
                name -> true));
  }
}
