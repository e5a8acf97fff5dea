package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a GRU takes of the time of an LSTM of the same sizes: it has three gates where that has
 * four, and cheaper cells.
 */
final class GruRatio {
  private static final double MOST = 0.8;

  /** At 256 bits, where a processor may have half the registers. */
  private static final double MOST_AT_256 = 0.88;

  private GruRatio() {}

  /** Prints them; returns those that are too much each of so many times. */
  static List<String> check(int tries) {
    double most = Peak.bits() == 256 ? MOST_AT_256 : MOST;
    List<String> lost = new ArrayList<>();
    for (LayerShape gru : LayerShape.all()) {
      if (gru.cell() == Cell.GRU) {
        LayerShape lstm = LayerShape.named(LayerShape.lstmName(gru.name()));
        double ratio = Double.POSITIVE_INFINITY;
        for (int i = 0; i < tries && ratio > most; i++) {
          ratio = Math.min(ratio, of(gru, lstm));
        }
        System.out.printf("%-24s %10.3f of the LSTM%n", gru.name(), ratio);
        if (ratio > most) {
          lost.add(
              String.format(
                  "%s: %.3f of the time of %s, expected %.2f at most",
                  gru.name(), ratio, lstm.name(), most));
        }
      }
    }
    return lost;
  }

  /** The median of samples that take turns, in processor time. */
  private static double of(LayerShape gru, LayerShape lstm) {
    Timing ours = Timing.cpu(Roofline.forward(gru));
    Timing other = Timing.cpu(Roofline.forward(lstm));
    double[] ratios = new double[Timing.SAMPLES];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours.sample() / other.sample();
    }
    return Timing.median(ratios);
  }
}
