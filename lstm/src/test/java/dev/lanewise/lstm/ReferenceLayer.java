package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer in double precision, written from the equations and from nothing else: arrays
 * [time][batch][width], weights by name, a backward that leaves its gradients beside them.
 */
abstract class ReferenceLayer {
  final Map<String, double[]> weights = new LinkedHashMap<>();
  final Map<String, double[]> gradients = new LinkedHashMap<>();

  /**
   * Which steps are real, [time][batch]; null for all. A layer may replace it for those after it.
   */
  boolean @Nullable [][] live;

  /** Whether it normalizes by what is in the batch. */
  boolean training;

  /** What a recurrent layer drops of the row at hand. */
  ReferenceDropout dropped = ReferenceDropout.NONE;

  abstract double[][][] forward(double[][][] x);

  double[][][] backward(double[][][] dy) {
    throw new UnsupportedOperationException("checked by finite differences of the forward");
  }

  boolean isLive(int time, int sample) {
    boolean[][] mask = live;
    return mask == null || mask[time][sample];
  }

  static double activate(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(x, 0);
      case HARD_SIGMOID -> Math.clamp(x / 6 + 0.5, 0, 1);
      case HARD_SIGMOID_CLASSIC -> Math.clamp(0.2 * x + 0.5, 0, 1);
      case LEAKY_RELU -> x > 0 ? x : 0.2 * x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SELU -> 1.05070099 * (x > 0 ? x : 1.67326324 * Math.expm1(x));
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case EXPONENTIAL -> Math.exp(x);
      case RELU6 -> Math.clamp(x, 0, 6);
      case HARD_TANH -> Math.clamp(x, -1, 1);
      case SPARSE_SIGMOID -> Math.clamp(x / 2 + 0.5, 0, 1);
      case SPARSE_PLUS -> x >= 1 ? x : Math.pow(Math.max(x + 1, 0), 2) / 4;
      case HARD_SHRINK -> Math.abs(x) > 0.5 ? x : 0;
      case SOFT_SHRINK -> x - Math.clamp(x, -0.5, 0.5);
      case SOFTPLUS -> Math.log1p(Math.exp(x));
      case LOG_SIGMOID -> -Math.log1p(Math.exp(-x));
      case SQUAREPLUS -> (x + Math.sqrt(x * x + 4)) / 2;
      case TANH_SHRINK -> x - Math.tanh(x);
      case SILU -> x / (1 + Math.exp(-x));
      case HARD_SILU -> x * Math.clamp(x / 6 + 0.5, 0, 1);
      case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
      case GELU_TANH ->
          x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
    };
  }

  /** By a series whose terms are all of one sign (Abramowitz and Stegun, 1964, 7.1.6). */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** The derivative at x, from x itself and not from a(x). */
  static double slope(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> 1;
      case SIGMOID -> Math.exp(-x) / Math.pow(1 + Math.exp(-x), 2);
      case TANH -> 1 / Math.pow(Math.cosh(x), 2);
      case RELU -> x > 0 ? 1 : 0;
      case HARD_SIGMOID -> Math.abs(x) < 3 ? 1.0 / 6 : 0;
      case HARD_SIGMOID_CLASSIC -> Math.abs(x) < 2.5 ? 0.2 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : 0.2;
      case ELU -> x > 0 ? 1 : Math.exp(x);
      case SELU -> 1.05070099 * (x > 0 ? 1 : 1.67326324 * Math.exp(x));
      case SOFTSIGN -> 1 / Math.pow(1 + Math.abs(x), 2);
      case EXPONENTIAL -> Math.exp(x);
      case RELU6 -> x > 0 && x < 6 ? 1 : 0;
      case HARD_TANH -> Math.abs(x) < 1 ? 1 : 0;
      case SPARSE_SIGMOID -> Math.abs(x) < 1 ? 0.5 : 0;
      case SPARSE_PLUS -> Math.clamp((x + 1) / 2, 0, 1);
      case HARD_SHRINK, SOFT_SHRINK -> Math.abs(x) > 0.5 ? 1 : 0;
      case SOFTPLUS -> 1 / (1 + Math.exp(-x));
      case LOG_SIGMOID -> 1 / (1 + Math.exp(x));
      case SQUAREPLUS -> (1 + x / Math.sqrt(x * x + 4)) / 2;
      case TANH_SHRINK, SILU, HARD_SILU, GELU, GELU_TANH, MISH ->
          throw new UnsupportedOperationException(activation + ": see LayerGradientTest");
    };
  }

  double weight(String name, int index) {
    double[] values = weights.get(name);
    return values == null ? 0 : values[index];
  }

  void add(String name, int index, double value) {
    double[] values = gradients.get(name);
    if (values != null) {
      values[index] += value;
    }
  }

  void clearGradients() {
    weights.forEach((name, values) -> gradients.put(name, new double[values.length]));
  }

  static ReferenceLayer of(Layer layer) {
    return switch (layer) {
      case Lstm lstm ->
          ReferenceLstmVariant.isOne(lstm)
              ? new ReferenceLstmVariant(lstm)
              : new ReferenceLstm(lstm);
      case Dense dense -> new ReferenceDense(dense);
      case Normalization fixed -> new ReferenceNormalization(fixed);
      default -> ReferenceForward.of(layer);
    };
  }

  /** {@code y = a(x K + b)}. */
  private static final class ReferenceDense extends ReferenceLayer {
    private final Dense layer;
    private double[][][] input = {};
    private double[][][] z = {};

    ReferenceDense(Dense layer) {
      this.layer = layer;
    }

    @Override
    double[][][] forward(double[][][] x) {
      int units = layer.units();
      input = x;
      z = new double[x.length][x[0].length][units];
      double[][][] y = new double[x.length][x[0].length][units];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          for (int u = 0; u < units; u++) {
            double sum = weight("bias", u);
            for (int f = 0; f < x[t][b].length; f++) {
              sum += x[t][b][f] * weight("kernel", f * units + u);
            }
            z[t][b][u] = sum;
            y[t][b][u] = activate(layer.activation(), sum);
          }
        }
      }
      return y;
    }

    @Override
    double[][][] backward(double[][][] dy) {
      int units = layer.units();
      int features = input[0][0].length;
      double[][][] dx = new double[dy.length][dy[0].length][features];
      for (int t = 0; t < dy.length; t++) {
        for (int b = 0; b < dy[t].length; b++) {
          for (int u = 0; u < units; u++) {
            double dz = dy[t][b][u] * slope(layer.activation(), z[t][b][u]);
            add("bias", u, dz);
            for (int f = 0; f < features; f++) {
              add("kernel", f * units + u, input[t][b][f] * dz);
              dx[t][b][f] += dz * weight("kernel", f * units + u);
            }
          }
        }
      }
      return dx;
    }
  }

  /** {@code y = (x - mean) / deviation}, or its inverse. */
  private static final class ReferenceNormalization extends ReferenceLayer {
    private final Normalization layer;

    ReferenceNormalization(Normalization layer) {
      this.layer = layer;
    }

    private double[][][] map(double[][][] x, boolean shift) {
      double[][][] y = new double[x.length][x[0].length][layer.features()];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          for (int f = 0; f < layer.features(); f++) {
            double mean = shift ? weight("mean", f) : 0;
            double deviation = weight("deviation", f);
            double in = x[t][b][f];
            y[t][b][f] = layer.isInverse() ? in * deviation + mean : (in - mean) / deviation;
          }
        }
      }
      return y;
    }

    @Override
    double[][][] forward(double[][][] x) {
      return map(x, true);
    }

    @Override
    double[][][] backward(double[][][] dy) {
      return map(dy, false);
    }
  }
}
