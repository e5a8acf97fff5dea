package dev.lanewise.lstm;

/**
 * Normalizations in double: of the features of a step, or of a feature over a batch where {@link
 * #training}.
 */
abstract class ReferenceNormalized extends ReferenceLayer {
  private final double epsilon;

  private ReferenceNormalized(double epsilon) {
    this.epsilon = epsilon;
  }

  static ReferenceLayer of(LayerNormalization layer) {
    return new OfSteps(layer.epsilon());
  }

  static ReferenceLayer of(BatchNormalization layer) {
    return new OfBatches(layer.epsilon());
  }

  final double normalized(double x, double mean, double variance, int feature) {
    double scale = weights.containsKey("gamma") ? weight("gamma", feature) : 1;
    return (x - mean) / Math.sqrt(variance + epsilon) * scale + weight("beta", feature);
  }

  private static final class OfSteps extends ReferenceNormalized {
    OfSteps(double epsilon) {
      super(epsilon);
    }

    @Override
    double[][][] forward(double[][][] x) {
      double[][][] y = new double[x.length][x[0].length][x[0][0].length];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          double[] moments = new double[2];
          for (double value : x[t][b]) {
            moments[0] += value / x[t][b].length;
          }
          for (double value : x[t][b]) {
            moments[1] += Math.pow(value - moments[0], 2) / x[t][b].length;
          }
          for (int i = 0; i < x[t][b].length; i++) {
            y[t][b][i] = normalized(x[t][b][i], moments[0], moments[1], i);
          }
        }
      }
      return y;
    }
  }

  private static final class OfBatches extends ReferenceNormalized {
    OfBatches(double epsilon) {
      super(epsilon);
    }

    @Override
    double[][][] forward(double[][][] x) {
      double[][][] y = new double[x.length][x[0].length][x[0][0].length];
      for (int i = 0; i < x[0][0].length; i++) {
        double mean = training ? mean(x, i, 0, 1) : weight("moving_mean", i);
        double variance = training ? mean(x, i, mean, 2) : weight("moving_variance", i);
        for (int t = 0; t < x.length; t++) {
          for (int b = 0; b < x[t].length; b++) {
            y[t][b][i] = normalized(x[t][b][i], mean, variance, i);
          }
        }
      }
      return y;
    }

    /** Of a power of a feature's distance from a center, where it is no padding. */
    private double mean(double[][][] x, int feature, double center, int power) {
      double sum = 0;
      int count = 0;
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          if (isLive(t, b)) {
            sum += Math.pow(x[t][b][feature] - center, power);
            count++;
          }
        }
      }
      return count == 0 ? 0 : sum / count;
    }
  }
}
