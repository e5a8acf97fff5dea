package dev.lanewise.lstm;

import java.util.List;

/** Every message of optimizers and schedules, in one place. */
final class OptimizerErrors {
  private OptimizerErrors() {}

  static IllegalArgumentException twoClips(String owner, List<String> set) {
    return new IllegalArgumentException(
        owner
            + ": "
            + String.join(" and ", set)
            + ", expected one of clipNorm, clipValue and globalClipNorm. Leave the others out");
  }

  static IllegalArgumentException rate(long update, double rate) {
    return new IllegalArgumentException(
        "Schedule.at: update "
            + update
            + ", counted from 0, has the learning rate "
            + rate
            + ", expected a finite number, 0 or more");
  }

  static IllegalArgumentException pieces(List<Long> boundaries, List<Double> values) {
    return new IllegalArgumentException(
        "PiecewiseConstantDecay: "
            + boundaries.size()
            + " boundaries and "
            + values.size()
            + " values, expected "
            + (boundaries.size() + 1)
            + " values: one before each boundary and one after the last");
  }

  static IllegalArgumentException notAscending(List<Long> boundaries, int index) {
    return new IllegalArgumentException(
        "PiecewiseConstantDecay: boundaries["
            + index
            + "]="
            + boundaries.get(index)
            + ", expected more than boundaries["
            + (index - 1)
            + "]="
            + boundaries.get(index - 1));
  }

  static IllegalArgumentException twoSlots(List<String> slots) {
    return new IllegalArgumentException(
        "UpdateRule.slots: got " + slots + ", expected names that differ");
  }
}
