package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** Sequences one after the other. */
public final class TimeMerger extends Merger {
  public TimeMerger(int width) {
    super(width);
  }

  @Override
  public void apply(MergeInputs in, int steps, int batch, int first, int rows, MemorySegment out) {
    int begin = 0;
    for (int i = 0; i < in.count(); i++) {
      for (int step = 0; step < in.steps(i); step++) {
        long from = in.offset(i) + ((long) step * batch + first) * width;
        long to = ((long) (begin + step) * batch + first) * width;
        Blocks.copy(in.memory(i), from, out, to, (long) rows * width);
      }
      begin += in.steps(i);
    }
  }

  @Override
  public void gradient(
      MergeInputs in,
      int of,
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment dOut,
      MemorySegment dIn) {
    int begin = 0;
    for (int i = 0; i < of; i++) {
      begin += in.steps(i);
    }
    for (int step = 0; step < in.steps(of); step++) {
      long from = ((long) (begin + step) * batch + first) * width;
      long to = ((long) step * batch + first) * width;
      Blocks.copy(dOut, from, dIn, to, (long) rows * width);
    }
  }

  @Override
  public boolean mayPad(MergeInputs in) {
    for (int i = 0; i < in.count(); i++) {
      if (in.mask(i) != null) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void mark(MergeInputs in, int steps, int first, int rows, StepMask out) {
    int begin = 0;
    for (int i = 0; i < in.count(); i++) {
      for (int step = 0; step < in.steps(i); step++) {
        for (int row = first; row < first + rows; row++) {
          if (in.isPadded(i, step, row)) {
            out.pad(begin + step, row);
          }
        }
      }
      begin += in.steps(i);
    }
  }
}
