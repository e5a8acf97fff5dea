package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;

/**
 * Where a layer is trained.
 *
 * @param weights the master weights
 * @param gradients of the whole model, in the same places as the weights
 * @param below what the layer reads
 * @param batch the most samples at once
 * @param parts the most threads at once
 * @param seed what a layer that draws random numbers draws them from
 */
record TrainingPlace(
    LayerWeights weights,
    MemorySegment gradients,
    TrainingBlock below,
    int batch,
    int parts,
    long seed) {}
