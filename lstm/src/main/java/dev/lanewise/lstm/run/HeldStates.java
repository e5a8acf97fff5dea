package dev.lanewise.lstm.run;

import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * The states of some recurrent layers.
 *
 * @param h the hidden state of each in order, (rows, units)
 * @param c the cell state of each that has one, (rows, units)
 */
public record HeldStates(List<Tensor> h, List<Tensor> c) {
  public HeldStates {
    h = List.copyOf(h);
    c = List.copyOf(c);
  }

  /** Those of some of the rows, and of the layers from one of each list on. */
  HeldStates part(int firstH, int endH, int firstC, int endC, long first, long end) {
    return new HeldStates(
        h.subList(firstH, endH).stream().map(each -> each.slice(0, first, end)).toList(),
        c.subList(firstC, endC).stream().map(each -> each.slice(0, first, end)).toList());
  }

  public HeldStates copy() {
    return new HeldStates(
        h.stream().map(Tensor::copy).toList(), c.stream().map(Tensor::copy).toList());
  }

  /** The states of several layers, one after the other. */
  public static HeldStates joined(List<HeldStates> each) {
    return new HeldStates(
        each.stream().flatMap(one -> one.h.stream()).toList(),
        each.stream().flatMap(one -> one.c.stream()).toList());
  }
}
