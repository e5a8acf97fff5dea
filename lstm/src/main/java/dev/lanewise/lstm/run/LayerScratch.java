package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The memory in which one thread runs one layer, and that of the layers within it. */
public final class LayerScratch {
  public final MemorySegment memory;
  public final LayerScratch[] inner;
  private @Nullable MemorySegment room;
  private @Nullable Workers team;
  private @Nullable Kept kept;

  /** What a layer keeps in it from call to call beside numbers. */
  public interface Kept {
    /** Forgets what was made of the layer: another is in its place. */
    default void forgetLayer() {}
  }

  /** For a layer of so many steps and rows. */
  public LayerScratch(Arena arena, ForwardLayer layer, int steps, int rows) {
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

  /** Room that only calls with padding need, of so many elements. */
  public MemorySegment room(long elements) {
    MemorySegment present = room;
    if (present == null || present.byteSize() < elements * Float.BYTES) {
      present = Blocks.allocate(Arena.ofAuto(), elements);
      room = present;
    }
    return present;
  }

  /** Lends a team to the call at hand, and to the layers within; null takes it back. */
  public void team(@Nullable Workers lent) {
    team = lent;
    for (LayerScratch each : inner) {
      each.team(lent);
    }
  }

  /** What the call at hand may share its steps with. */
  public @Nullable Workers team() {
    return team;
  }

  /** What the layer keeps; null at first. */
  public @Nullable Kept kept() {
    return kept;
  }

  public void keep(Kept made) {
    kept = made;
  }

  /** Forgets what was made of the layer and of those within: others are in their places. */
  void forgetLayers() {
    Kept present = kept;
    if (present != null) {
      present.forgetLayer();
    }
    for (LayerScratch each : inner) {
      each.forgetLayers();
    }
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
