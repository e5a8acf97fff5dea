package dev.lanewise.lstm.train;

import dev.lanewise.kernels.RmsPropSettings;
import dev.lanewise.kernels.RmsPropUpdate;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean squares of RMSprop, the velocity where it has momentum, and the mean gradients where it
 * is centered. The velocity is Keras's with the other sign.
 */
public final class RmsPropState extends OptimizerState {
  private final RmsPropSettings settings;
  private final MemorySegment squares;
  private final MemorySegment velocity; // NULL without momentum
  private final MemorySegment means; // NULL unless centered

  /**
   * Nothing yet.
   *
   * @param settings its numbers
   * @param elements of the trainable weights with their padding
   */
  public RmsPropState(RmsPropSettings settings, long elements) {
    super(elements, names(settings));
    this.settings = settings;
    boolean moves = settings.momentum() != 0;
    this.squares = slot(0);
    this.velocity = moves ? slot(1) : MemorySegment.NULL;
    this.means = settings.centered() ? slot(moves ? 2 : 1) : MemorySegment.NULL;
  }

  private static String[] names(RmsPropSettings settings) {
    List<String> names = new ArrayList<>(List.of("velocity"));
    if (settings.momentum() != 0) {
      names.add("momentum");
    }
    if (settings.centered()) {
      names.add("average_gradient");
    }
    return names.toArray(String[]::new);
  }

  @Override
  void update(long from, long n, MemorySegment gradients, MemorySegment weights) {
    RmsPropUpdate.apply(
        n,
        learningRate(),
        settings,
        gradients,
        from,
        squares,
        from,
        means,
        from,
        velocity,
        from,
        weights,
        from);
  }
}
