package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.LayerWeights;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where a layer is trained.
 *
 * @param weights the master weights
 * @param gradients of the whole model, in the same places as the weights
 * @param in what the layer reads: one block, or several for a layer that merges them
 * @param batch the most samples at once
 * @param parts the most threads at once
 * @param seed what a layer that draws random numbers draws them from
 * @param from what the states begin from, each of one step (batch, units): the h in order, then the
 *     c; empty for 0
 * @param givesStates whether anything reads the final states
 */
public record TrainingPlace(
    LayerWeights weights,
    MemorySegment gradients,
    List<TrainingBlock> in,
    int batch,
    int parts,
    long seed,
    List<TrainingBlock> from,
    boolean givesStates) {

  public TrainingPlace {
    in = List.copyOf(in);
    from = List.copyOf(from);
  }

  /** Where the states begin from 0, and no one reads the final ones. */
  public TrainingPlace(
      LayerWeights weights,
      MemorySegment gradients,
      TrainingBlock below,
      int batch,
      int parts,
      long seed) {
    this(weights, gradients, below, batch, parts, seed, List.of(), false);
  }

  /** Of a layer that reads one block. */
  public TrainingPlace(
      LayerWeights weights,
      MemorySegment gradients,
      TrainingBlock below,
      int batch,
      int parts,
      long seed,
      List<TrainingBlock> from,
      boolean givesStates) {
    this(weights, gradients, List.of(below), batch, parts, seed, from, givesStates);
  }

  /** What a layer reads that reads one block. */
  public TrainingBlock below() {
    return in.getFirst();
  }
}
