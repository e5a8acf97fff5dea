package dev.lanewise.lstm.recurrent;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent layer in training keeps of all timesteps.
 *
 * @param gates rows of a cell's gates: as a step leaves them, after its backward what the weight
 *     gradients need
 * @param h rows of h, one step more than gates
 * @param c rows of c in the same places as those of h; empty where the cell has none
 * @param factors in the same places: what h is multiplied by in a product within the cell; null
 *     where that is 1
 */
public record CellStates(
    MemorySegment gates, MemorySegment h, MemorySegment c, @Nullable MemorySegment factors) {}
