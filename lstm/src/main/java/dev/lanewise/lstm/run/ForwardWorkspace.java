package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The memory that one thread predicts in, for up to so many steps of so many rows. */
public final class ForwardWorkspace {
  private final int[] most; // the steps of each input that there is room for
  private final int rows;
  private final long size;
  public final MemorySegment[] inputs; // (steps, rows, features)
  final SampleView[] x; // of each input
  final SampleView[] y; // of each output
  public final LayerScratch[] scratch; // one a call
  public final StepMask[] masks;

  /** Of each value in the call at hand: its steps, and where it lies. */
  final int[] steps;

  public final MemorySegment[] memory;
  public final long[] offset;

  public ForwardWorkspace(Wiring wiring, ForwardNode[] nodes, int[] most, int rows) {
    this.most = most.clone();
    this.rows = rows;
    this.steps = wiring.stepsOf(most);
    this.memory = new MemorySegment[wiring.values()];
    this.offset = new long[wiring.values()];
    Arrays.fill(memory, MemorySegment.NULL);
    Arena arena = Arena.ofAuto();
    long total = 0;
    this.inputs = new MemorySegment[most.length];
    for (int port = 0; port < most.length; port++) {
      long elements = (long) Sizes.rows(most[port], rows) * wiring.widths()[port];
      inputs[port] = Blocks.allocate(arena, elements);
      memory[port] = inputs[port];
      total += inputs[port].byteSize();
    }
    this.scratch = new LayerScratch[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      scratch[i] = nodes[i].newScratch(arena, steps, rows);
      total += scratch[i].size();
    }
    this.masks = filled(new StepMask[wiring.maskCount()], StepMask::new);
    this.x = filled(new SampleView[most.length], SampleView::new);
    this.y = filled(new SampleView[wiring.outputs().length], SampleView::new);
    this.size = total;
  }

  private static <T> T[] filled(T[] all, Supplier<T> each) {
    for (int i = 0; i < all.length; i++) {
      all[i] = each.get();
    }
    return all;
  }

  /** Points it at a call. */
  void begin(Wiring wiring, ForwardCall call) {
    System.arraycopy(call.steps, 0, steps, 0, steps.length);
    for (int port = 0; port < x.length; port++) {
      if (wiring.ids()[port]) {
        x[port].ofIds(call.x(port));
      } else {
        x[port].of(call.x(port), false, steps[port], wiring.widths()[port]);
      }
    }
    for (int output = 0; output < y.length; output++) {
      int value = wiring.outputs()[output];
      y[output].of(call.y(output), false, steps[value], wiring.widths()[value]);
    }
  }

  /** Lends a team to the call at hand; null takes it back. */
  public void team(@Nullable Workers lent) {
    for (LayerScratch each : scratch) {
      each.team(lent);
    }
  }

  /** Lets go of what belongs to the call at hand. */
  void end() {
    for (StepMask mask : masks) {
      mask.drop();
    }
    team(null);
    for (SampleView view : x) {
      view.clear();
    }
    for (SampleView view : y) {
      view.clear();
    }
  }

  /** A state (rows, units), where it lies. */
  Tensor state(int value, int count, int units) {
    long bytes = (long) count * units * Float.BYTES;
    return Tensor.wrap(memory[value].asSlice(offset[value] * Float.BYTES, bytes), count, units);
  }

  /** Notes where a state lies. */
  void give(int value, Tensor state) {
    memory[value] = state.segment();
    offset[value] = state.offset();
  }

  /** Forgets what it keeps of layers in whose places others are. */
  void forgetLayers() {
    for (LayerScratch each : scratch) {
      each.forgetLayers();
    }
  }

  /** The bytes of one, without making it. */
  static long bytes(Wiring wiring, ForwardNode[] nodes, int[] most, int rows) {
    long total = 0;
    for (int port = 0; port < most.length; port++) {
      total += Blocks.bytes((long) Sizes.rows(most[port], rows) * wiring.widths()[port]);
    }
    int[] steps = wiring.stepsOf(most);
    for (ForwardNode node : nodes) {
      total += node.scratchBytes(steps, rows);
    }
    return total;
  }

  /** Whether there is room for so many steps of each input, and rows. */
  boolean fits(int[] wantedSteps, int wantedRows) {
    for (int port = 0; port < most.length; port++) {
      if (most[port] < wantedSteps[port]) {
        return false;
      }
    }
    return rows >= wantedRows;
  }

  /** In bytes. */
  long size() {
    return size;
  }
}
