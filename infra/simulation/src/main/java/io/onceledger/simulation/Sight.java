package io.onceledger.simulation;

import java.util.Locale;

/** What a run has to have met to be worth something; it follows from faults, and from luck. */
enum Sight {
  SAME_KEY_CONFLICT,
  REPLAYED,
  OTHER_BODY_REFUSED,
  CURRENCY_REFUSED,
  LEASE_RENEWED,
  LATE_RENEWAL_REFUSED,
  LEASE_TAKEOVER,
  STALE_FENCE_REJECTED,
  DEADLINE_PASSED_BEFORE_SEND,
  UNKNOWN_RESOLVED_BY_LOOK_UP,
  RESENT_IN_WINDOW,
  RESEND_ABSORBED,
  RESEND_TURNED_INTO_LOOK_UP,
  CANCELED_BY_KEY,
  CANCEL_MET_PAYMENT,
  ACTED_THEN_500,
  LATE_EFFECT,
  LATE_REQUEST_MET_TOMBSTONE,
  KEY_EXPIRED,
  HELD_BACK_WHILE_CLOCK_IS_BEHIND,
  TIMES_SET_BACK,
  WITNESSING_BEGAN_ANEW,
  PARKED;

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
