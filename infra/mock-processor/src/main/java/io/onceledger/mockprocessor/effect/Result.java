package io.onceledger.mockprocessor.effect;

/**
 * What an instruction has come to, for good.
 *
 * @param number makes the id; never used twice
 * @param declineCode null if approved
 * @param atMillis when it took effect, epoch milliseconds
 * @param earlier the result that the same key had before, null unless the key acted twice
 */
public record Result(
    Instruction instruction, long number, String declineCode, long atMillis, Result earlier) {

  public String id() {
    return instruction.resource().id(number);
  }

  public boolean approved() {
    return declineCode == null;
  }

  public String status() {
    return approved() ? "approved" : "declined";
  }
}
