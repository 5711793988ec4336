package io.onceledger.conformance.rules;

import java.util.List;

/** All rules, a class for each family. */
public final class Families {

  /** What a key promises, then what every client depends on, then the proof. */
  public static final List<Class<?>> IN_ORDER =
      List.of(
          KeyHeaderRules.class,
          SameKeyRules.class,
          OtherRequestRules.class,
          ReplayRules.class,
          ConcurrencyRules.class,
          RefusalRules.class,
          MerchantRules.class,
          DeclineRules.class,
          RefundRules.class,
          AccessRules.class,
          OrderOfChecksRules.class,
          ProblemRules.class,
          JsonRules.class,
          EncodingRules.class,
          MediaTypeRules.class,
          AmountRules.class,
          CurrencyRules.class,
          TextRules.class,
          CardNumberRules.class,
          WaitRules.class,
          ListRules.class,
          ListParameterRules.class,
          KeyLifeRules.class,
          BooksRules.class,
          ProofRules.class);

  /** The namespace of the session's store in which the ledger is, under its class. */
  public static final String STORE = "io.onceledger.conformance";

  private Families() {}
}
