package dev.lanewise.formats.keras;

import java.util.BitSet;
import java.util.List;

/**
 * From which number on a file counts the calls of an inner model: from 0, or from 1 where that
 * model has a call of its own, which no file has. Keras 2 and TensorFlow.js count from 1; Keras 3
 * counts from 0 in calls, and from 1 in outputs where the model is no Sequential. Keras 1 counts
 * from 0.
 *
 * <p>No call is without a reader, so that the numbers themselves tell.
 */
final class KerasCallNumbers {
  private final int count;
  private final boolean isKeras3;
  private final boolean isSequential;
  private final BitSet inCalls = new BitSet();
  private final BitSet inOutputs = new BitSet();
  private int firstInCalls;
  private int firstInOutputs;

  KerasCallNumbers(List<KerasCall> calls, boolean isSequential) {
    this.count = calls.size();
    this.isKeras3 = calls.stream().anyMatch(KerasCall::isKeras3);
    this.isSequential = isSequential;
  }

  /** Notes a number that the file has. */
  void note(int number, boolean isOutput) {
    if (number >= 0 && number <= count) {
      (isOutput ? inOutputs : inCalls).set(number);
    }
  }

  /** Once all are noted. */
  void settle() {
    int[][] ways = {{0, isSequential ? 0 : 1}, {0, 0}, {1, 1}, {0, 1}};
    if (!isKeras3) {
      ways = new int[][] {{1, 1}, {0, 0}};
    }
    for (int[] way : ways) {
      firstInCalls = way[0];
      firstInOutputs = way[1];
      if (areAllRead()) {
        return;
      }
    }
    firstInCalls = 0; // some call has no reader, which is refused
    firstInOutputs = 0;
  }

  private boolean areAllRead() {
    BitSet read = inCalls.get(firstInCalls, count + 1);
    read.or(inOutputs.get(firstInOutputs, count + 1));
    boolean isBefore =
        (inCalls.get(0) && firstInCalls > 0) || (inOutputs.get(0) && firstInOutputs > 0);
    return !isBefore && read.cardinality() == count && read.length() == count;
  }

  /** The number of a call, from 0 on; another than any where the file has none such. */
  int call(int number, boolean isOutput) {
    return number - (isOutput ? firstInOutputs : firstInCalls);
  }
}
