package dev.lanewise.lstm.recurrent;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the gates of a cell are, for products whose left side differs from gate to gate.
 *
 * @param input the gates that x W adds to
 * @param state those that h U adds to, before the cell runs
 * @param inputs elements from a gate in a row of gates to what it is applied to; 0 where it takes
 *     the same place
 * @param ofState whether h U has a bias of its own, after that of x W
 * @param candidate whether one more part of h goes into a product within the cell
 */
record GateLayout(
    List<Gate> input, List<Gate> state, long inputs, boolean ofState, boolean candidate) {

  /**
   * One gate, its places counted in units.
   *
   * @param place in a row of gates
   * @param column in the rows of the weights
   */
  record Gate(int place, int column) {}

  /** Of a cell whose gates lie as the columns of both its weights do. */
  static GateLayout alike(int gates, long inputs) {
    List<Gate> all = IntStream.range(0, gates).mapToObj(i -> new Gate(i, i)).toList();
    return new GateLayout(all, all, inputs, false, false);
  }
}
