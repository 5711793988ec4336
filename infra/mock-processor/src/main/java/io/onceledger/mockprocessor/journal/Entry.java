package io.onceledger.mockprocessor.journal;

import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Key;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.effect.Result;
import io.onceledger.mockprocessor.idempotency.Pin;
import java.time.Instant;

/**
 * One line of the journal.
 *
 * @param key null if the request had no readable one
 * @param instruction null if there was none, or none that could be read
 * @param number of the result that it made or found, or of the dispute; 0 if there is none
 * @param declineCode of that result
 * @param answer the HTTP status, 0 if the connection closed without one
 * @param pin what the key is bound to from now on; {@code NOTHING} changes nothing
 * @param late whether the request has a {@code HELD} line already
 * @param inFlight requests under way when this one arrived, itself included
 */
public record Entry(
    Instant at,
    Kind kind,
    Resource resource,
    Key key,
    Instruction instruction,
    long number,
    String declineCode,
    int answer,
    Pin pin,
    boolean late,
    int inFlight) {

  public static Entry of(Instant at, Kind kind, Resource resource) {
    return new Entry(at, kind, resource, null, null, 0, null, 0, Pin.NOTHING, false, 0);
  }

  public static Entry of(Instant at, Kind kind, Key key) {
    return new Entry(at, kind, key.resource(), key, null, 0, null, 0, Pin.NOTHING, false, 0);
  }

  public static Entry of(Instant at, Kind kind, Instruction asked) {
    return new Entry(
        at, kind, asked.resource(), asked.key(), asked, 0, null, 0, Pin.NOTHING, false, 0);
  }

  /** An entry about a result that was there before. */
  public static Entry of(Instant at, Kind kind, Result result) {
    return of(at, kind, result.instruction()).result(result.number(), result.declineCode());
  }

  /** An entry about a dispute as it is from now on. */
  public static Entry of(Instant at, Dispute dispute) {
    Kind kind =
        switch (dispute.status()) {
          case OPEN -> Kind.DISPUTE_OPENED;
          case WON -> Kind.DISPUTE_WON;
          case LOST -> Kind.DISPUTE_LOST;
        };
    return of(at, kind, dispute.instruction()).result(dispute.number(), null);
  }

  public Entry result(long resultNumber, String code) {
    return new Entry(
        at, kind, resource, key, instruction, resultNumber, code, answer, pin, late, inFlight);
  }

  public Entry answered(int status) {
    return new Entry(
        at, kind, resource, key, instruction, number, declineCode, status, pin, late, inFlight);
  }

  public Entry pinning(Pin newPin) {
    return new Entry(
        at, kind, resource, key, instruction, number, declineCode, answer, newPin, late, inFlight);
  }

  public Entry arrived(boolean afterHold, int underWay) {
    return new Entry(
        at,
        kind,
        resource,
        key,
        instruction,
        number,
        declineCode,
        answer,
        pin,
        afterHold,
        underWay);
  }

  /** Whether it is the first line of a POST of a payment or refund. */
  public boolean countsAsRequest() {
    return kind.request() && !late;
  }

  public String status() {
    if (number == 0 || resource == Resource.DISPUTE) {
      return kind.statusWithoutResult();
    }
    return declineCode == null ? "approved" : "declined";
  }
}
