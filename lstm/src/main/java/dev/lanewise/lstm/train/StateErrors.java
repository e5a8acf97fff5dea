package dev.lanewise.lstm.train;

import java.util.List;

/** Every message of the states of optimizers, in one place. */
final class StateErrors {
  private StateErrors() {}

  static IllegalArgumentException other(long step, int values, List<Slot> slots) {
    return new IllegalArgumentException(
        "OptimizerState.restore: step="
            + step
            + " and "
            + values
            + " slots, expected 0 updates or more and the "
            + slots.size()
            + " slots "
            + slots.stream().map(Slot::name).toList()
            + ": those of the same optimizer with the same settings");
  }

  static IllegalArgumentException tooShort(Slot slot, long bytes, long expected) {
    return new IllegalArgumentException(
        "OptimizerState.restore: slot "
            + slot.name()
            + " has "
            + bytes
            + " bytes, expected "
            + expected
            + ": those of the same model, with the same trainable layers");
  }
}
