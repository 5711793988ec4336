package io.onceledger.conformance.rules;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of rules: each method is one, named as a sentence. Its constructor takes the ledger. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(LedgerParameter.class)
@DisplayNameGeneration(Family.Sentences.class)
@interface Family {

  /** {@code a_key_is_kept(String)} reads "a key is kept". */
  final class Sentences extends DisplayNameGenerator.ReplaceUnderscores {
    @Override
    public String generateDisplayNameForMethod(
        List<Class<?>> enclosing, Class<?> family, Method rule) {
      return rule.getName().replace('_', ' ');
    }
  }
}
