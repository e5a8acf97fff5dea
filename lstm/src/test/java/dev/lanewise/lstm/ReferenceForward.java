package dev.lanewise.lstm;

import static dev.lanewise.lstm.ReferenceLayer.activate;

import java.util.Arrays;
import java.util.Collections;
import java.util.function.UnaryOperator;

/** The forwards in double of layers whose gradients are checked by finite differences alone. */
final class ReferenceForward {
  private ReferenceForward() {}

  static ReferenceLayer of(Layer layer) {
    return switch (layer) {
      case Bidirectional both -> new ReferenceBidirectional(both);
      case Gru gru -> new ReferenceGru(gru);
      case SimpleRnn rnn -> new ReferenceSimpleRnn(rnn);
      case Conv1d convolution -> new ReferenceConv1d(convolution);
      case Embedding ids -> new ReferenceEmbedding(ids);
      case Softmax softmax -> new ReferenceSoftmax(softmax.axis());
      case LayerNormalization steps -> ReferenceNormalized.of(steps);
      case BatchNormalization batches -> ReferenceNormalized.of(batches);
      case Masking masking -> new ReferenceMasking(masking);
      case Flatten _ -> new Moves(ReferenceForward::flatten);
      case Permute permute ->
          permute.axes()[0] == 2 ? new Moves(ReferenceForward::swap) : new Moves(x -> x);
      case RepeatVector repeat ->
          new Moves(x -> Collections.nCopies(repeat.n(), x[0]).toArray(double[][][]::new));
      case Reshape reshape -> new Moves(x -> reshape(x, reshape.dims()));
      case Pooling1d pooling -> new ReferencePooling(pooling);
      case GlobalMaxPooling1d _ -> new ReferenceGlobalPooling(true);
      case GlobalAveragePooling1d _ -> new ReferenceGlobalPooling(false);
      case ActivationLayer a -> new ReferenceElementwise(x -> activate(a.activation(), x));
      case FeatureSlice slice -> new Picks(slice.first(), slice.first() + slice.count());
      case Relu relu -> ReferenceElementwise.of(relu);
      case Elu elu -> new ReferenceElementwise(x -> x > 0 ? x : elu.alpha() * Math.expm1(x));
      default -> throw new AssertionError(layer);
    };
  }

  /** A layer that only moves elements, after which nothing is padding. */
  private static final class Moves extends ReferenceLayer {
    private final UnaryOperator<double[][][]> move;

    Moves(UnaryOperator<double[][][]> move) {
      this.move = move;
    }

    @Override
    double[][][] forward(double[][][] x) {
      live = null;
      return move.apply(x);
    }
  }

  /** Some features of each row. */
  private static final class Picks extends ReferenceLayer {
    private final int from;
    private final int to;

    Picks(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    double[][][] forward(double[][][] x) {
      double[][][] y = new double[x.length][x[0].length][];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          y[t][b] = Arrays.copyOfRange(x[t][b], from, to);
        }
      }
      return y;
    }
  }

  private static double[][][] flatten(double[][][] x) {
    return reshape(x, new int[] {x.length * x[0][0].length});
  }

  private static double[][][] swap(double[][][] x) {
    double[][][] y = new double[x[0][0].length][x[0].length][x.length];
    for (int t = 0; t < x.length; t++) {
      for (int b = 0; b < x[t].length; b++) {
        for (int f = 0; f < x[t][b].length; f++) {
          y[f][b][t] = x[t][b][f];
        }
      }
    }
    return y;
  }

  private static double[][][] reshape(double[][][] x, int[] dims) {
    int all = x.length * x[0][0].length;
    int known = 1;
    for (int dim : dims) {
      known *= dim == -1 ? 1 : dim;
    }
    int width = dims[dims.length - 1] == -1 ? all / known : dims[dims.length - 1];
    double[][][] y = new double[all / width][x[0].length][width];
    for (int b = 0; b < x[0].length; b++) {
      int next = 0;
      for (double[][] step : x) {
        for (double value : step[b]) {
          y[next / width][b][next % width] = value;
          next++;
        }
      }
    }
    return y;
  }

  private static final class ReferenceSoftmax extends ReferenceLayer {
    private final Softmax.Axis axis;

    ReferenceSoftmax(Softmax.Axis axis) {
      this.axis = axis;
    }

    @Override
    double[][][] forward(double[][][] x) {
      double[][][] y = new double[x.length][x[0].length][x[0][0].length];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          for (int i = 0; i < x[t][b].length; i++) {
            y[t][b][i] = takesPart(t, b) ? Math.exp(x[t][b][i]) / sum(x, t, b, i) : 0;
          }
        }
      }
      return y;
    }

    private boolean takesPart(int t, int b) {
      return axis == Softmax.Axis.FEATURES || live == null || live[t][b];
    }

    private double sum(double[][][] x, int step, int b, int feature) {
      double sum = 0;
      for (int t = 0; t < x.length; t++) {
        for (int i = 0; i < x[t][b].length; i++) {
          boolean ofStep = axis != Softmax.Axis.FEATURES || t == step;
          boolean ofFeature = axis != Softmax.Axis.TIMESTEPS || i == feature;
          sum += ofStep && ofFeature && takesPart(t, b) ? Math.exp(x[t][b][i]) : 0;
        }
      }
      return sum;
    }
  }

  private static final class ReferenceMasking extends ReferenceLayer {
    private final Masking layer;

    ReferenceMasking(Masking layer) {
      this.layer = layer;
    }

    @Override
    double[][][] forward(double[][][] x) {
      boolean[][] real = new boolean[x.length][x[0].length];
      double[][][] y = new double[x.length][x[0].length][x[0][0].length];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          boolean other = false;
          for (double value : x[t][b]) {
            other |= value != layer.value();
          }
          real[t][b] = other && isLive(t, b);
          if (other) {
            y[t][b] = x[t][b].clone();
          }
        }
      }
      live = real;
      return y;
    }
  }

  private static final class ReferenceEmbedding extends ReferenceLayer {
    private final Embedding layer;

    ReferenceEmbedding(Embedding layer) {
      this.layer = layer;
    }

    @Override
    double[][][] forward(double[][][] x) {
      int dimension = layer.dimension();
      boolean[][] real = new boolean[x.length][x[0].length];
      double[][][] y = new double[x.length][x[0].length][dimension];
      for (int t = 0; t < x.length; t++) {
        for (int b = 0; b < x[t].length; b++) {
          int id = (int) x[t][b][0];
          real[t][b] = isLive(t, b) && !(layer.maskZero() && id == 0);
          for (int i = 0; i < dimension; i++) {
            y[t][b][i] = weight("embeddings", id * dimension + i);
          }
        }
      }
      live = real;
      return y;
    }
  }

  private static final class ReferenceConv1d extends ReferenceLayer {
    private final Conv1d layer;

    ReferenceConv1d(Conv1d layer) {
      this.layer = layer;
    }

    @Override
    double[][][] forward(double[][][] x) {
      live = null;
      boolean first = layer.channels() == Conv1d.Channels.FIRST;
      double[][][] y = convolve(first ? swap(x) : x);
      return first ? swap(y) : y;
    }

    /** Pads as TensorFlow documents it, then slides the kernel over what is there. */
    private double[][][] convolve(double[][][] x) {
      int span = (layer.kernelSize() - 1) * layer.dilation() + 1;
      int outputs;
      int before;
      switch (layer.padding()) {
        case VALID -> {
          outputs = (x.length - span) / layer.strides() + 1;
          before = 0;
        }
        case CAUSAL -> {
          outputs = (x.length - 1) / layer.strides() + 1;
          before = span - 1;
        }
        default -> {
          outputs = (int) Math.ceil((double) x.length / layer.strides());
          int total = Math.max((outputs - 1) * layer.strides() + span - x.length, 0);
          before = total / 2;
        }
      }
      int channels = x[0][0].length;
      double[][][] y = new double[outputs][x[0].length][layer.filters()];
      for (int t = 0; t < outputs; t++) {
        for (int b = 0; b < x[0].length; b++) {
          for (int out = 0; out < layer.filters(); out++) {
            double sum = weight("bias", out);
            for (int k = 0; k < layer.kernelSize(); k++) {
              int at = t * layer.strides() + k * layer.dilation() - before;
              for (int in = 0; in < channels && at >= 0 && at < x.length; in++) {
                int place = (k * channels + in) * layer.filters() + out;
                sum += x[at][b][in] * weight("kernel", place);
              }
            }
            y[t][b][out] = activate(layer.activation(), sum);
          }
        }
      }
      return y;
    }
  }

  private static final class ReferenceBidirectional extends ReferenceLayer {
    private final Bidirectional layer;

    ReferenceBidirectional(Bidirectional layer) {
      this.layer = layer;
    }

    private double[][][] run(Recurrent layer, String prefix, double[][][] x) {
      ReferenceLayer inner = ReferenceLayer.of(layer);
      weights.forEach(
          (name, values) -> {
            if (name.startsWith(prefix)) {
              inner.weights.put(name.substring(prefix.length()), values);
            }
          });
      inner.live = live;
      return inner.forward(x);
    }

    @Override
    double[][][] forward(double[][][] x) {
      Recurrent back = layer.layer().toBuilder().goBackwards(true).build();
      double[][][] f = run(layer.layer(), "forward/", x);
      double[][][] b = run(back, "backward/", x);
      double[][][] y = new double[f.length][f[0].length][];
      for (int t = 0; t < f.length; t++) {
        for (int sample = 0; sample < f[t].length; sample++) {
          y[t][sample] = merge(f[t][sample], b[f.length - 1 - t][sample]);
        }
      }
      live = layer.layer().returnSequences() ? live : null;
      return y;
    }

    private double[] merge(double[] f, double[] b) {
      boolean concat = layer.merge() == Bidirectional.Merge.CONCAT;
      double[] y = new double[concat ? 2 * f.length : f.length];
      for (int i = 0; i < f.length; i++) {
        switch (layer.merge()) {
          case CONCAT -> {
            y[i] = f[i];
            y[f.length + i] = b[i];
          }
          case SUM -> y[i] = f[i] + b[i];
          case MULTIPLY -> y[i] = f[i] * b[i];
          case AVERAGE -> y[i] = (f[i] + b[i]) / 2;
        }
      }
      return y;
    }
  }
}
