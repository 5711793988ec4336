package io.onceledger.core.money;

import java.util.Set;

/** What counts as an amount and as a currency. */
public final class Money {

  /**
   * Minor units. Eleven digits: no single payment is larger, and sums of them stay far from 2^63.
   */
  public static final long LARGEST_AMOUNT = 99_999_999_999L;

  /**
   * ISO 4217 list one as of 2026, without funds codes, metals and test codes. A list of our own and
   * not {@link java.util.Currency}: that one knows withdrawn currencies, and changes with the JDK.
   */
  private static final Set<String> CURRENCIES_IN_USE =
      Set.of(
          ("AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN"
               + " BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD"
               + " FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD"
               + " JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA"
               + " MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN"
               + " PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD"
               + " SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED"
               + " VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG")
              .split(" "));

  private Money() {}

  /** Whether {@code code} (three capital letters) is a currency that can be charged today. */
  public static boolean isCurrencyInUse(String code) {
    return CURRENCIES_IN_USE.contains(code);
  }

  /** Whether {@code code} has the form of a currency: three capital letters A to Z. */
  public static boolean isCurrencyForm(String code) {
    return code.length() == 3 && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }
}
