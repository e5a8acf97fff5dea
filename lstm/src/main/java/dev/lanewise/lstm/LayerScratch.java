package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The memory in which one thread runs one layer, and that of the layers within it. */
final class LayerScratch {
  final MemorySegment memory;
  final LayerScratch[] inner;
  private @Nullable PackedRows packed;
  private @Nullable MemorySegment room;
  private @Nullable Workers team;
  private @Nullable SharedSteps shares;
  private @Nullable MergeInputs merged;
  private boolean masked;
  private @Nullable StreamState initial;

  /** For a layer of so many steps and rows. */
  LayerScratch(Arena arena, ForwardLayer layer, int steps, int rows) {
    this.memory = Blocks.allocate(arena, layer.scratchSize(steps, rows));
    ForwardLayer[] layers = layer.inner();
    this.inner = new LayerScratch[layers.length];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = new LayerScratch(arena, layers[i], layer.innerSteps(steps), rows);
    }
  }

  /** The bytes of one, without making it and without {@link #room}. */
  static long bytes(ForwardLayer layer, int steps, int rows) {
    long total = Blocks.bytes(layer.scratchSize(steps, rows));
    for (ForwardLayer each : layer.inner()) {
      total += bytes(each, layer.innerSteps(steps), rows);
    }
    return total;
  }

  /** The plan of the call at hand, made when first asked for. */
  PackedRows packed() {
    PackedRows present = packed;
    if (present == null) {
      present = new PackedRows();
      packed = present;
    }
    return present;
  }

  /** Where what is merged lies, of so many values; made when first asked for. */
  MergeInputs merged(int count) {
    MergeInputs present = merged;
    if (present == null) {
      present = new MergeInputs(count);
      merged = present;
    }
    return present;
  }

  /** Room that only calls with padding need, of so many elements. */
  MemorySegment room(long elements) {
    MemorySegment present = room;
    if (present == null || present.byteSize() < elements * Float.BYTES) {
      present = Blocks.allocate(Arena.ofAuto(), elements);
      room = present;
    }
    return present;
  }

  /** Lends a team to the call at hand, and to the layers within; null takes it back. */
  void team(@Nullable Workers lent) {
    team = lent;
    for (LayerScratch each : inner) {
      each.team(lent);
    }
  }

  /** What the call at hand may share its steps with. */
  @Nullable Workers team() {
    return team;
  }

  @Nullable SharedSteps shares() {
    return shares;
  }

  void shares(SharedSteps made) {
    shares = made;
  }

  /** Forgets what was made of the layer and of those within: others are in their places. */
  void forgetShares() {
    shares = null;
    for (LayerScratch each : inner) {
      each.forgetShares();
    }
  }

  /** What the call at hand begins from; null for 0. */
  @Nullable StreamState initial() {
    return initial;
  }

  void initial(@Nullable StreamState from) {
    initial = from;
  }

  /** Whether the call at hand packs its rows. */
  boolean isMasked() {
    return masked;
  }

  void masked(boolean value) {
    masked = value;
  }

  /** In bytes. */
  long size() {
    long total = memory.byteSize();
    for (LayerScratch each : inner) {
      total += each.size();
    }
    return total;
  }
}
