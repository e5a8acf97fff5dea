package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whose a state is: what must be the same for a sequence to go on to the same bits.
 *
 * @param fingerprint of the model
 * @param weights what the predictor rounds them to
 * @param h the hidden states that the model keeps of each sequence, in the order of the calls
 * @param c the cell states
 */
record StateOwner(Fingerprint fingerprint, WeightFormat weights, List<Kept> h, List<Kept> c) {

  /**
   * A state that the model keeps of each sequence.
   *
   * @param width its numbers
   */
  record Kept(String name, int width) {}

  static StateOwner of(Plan plan, Fingerprint fingerprint, WeightFormat weights) {
    return new StateOwner(
        fingerprint,
        weights,
        plan.called().stream().flatMap(layer -> kept("h", layer, layer.stateUnits())).toList(),
        plan.called().stream().flatMap(layer -> kept("c", layer, layer.cellUnits())).toList());
  }

  private static Stream<Kept> kept(String name, Layer layer, List<Integer> widths) {
    return widths.stream().map(width -> new Kept(name + " of " + LayerNames.quoted(layer), width));
  }

  /** All h, then all c. */
  List<Kept> kept() {
    return Stream.concat(h.stream(), c.stream()).toList();
  }

  /** The numbers of each h, then each c. */
  int[] widths() {
    return kept().stream().mapToInt(Kept::width).toArray();
  }

  /** Whether a state of the other goes on here to the same bits. */
  boolean isSame(StateOwner other) {
    return fingerprint.equals(other.fingerprint) && weights == other.weights;
  }
}
