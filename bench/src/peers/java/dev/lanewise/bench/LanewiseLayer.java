package dev.lanewise.bench;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;

/** Lanewise's {@code Predictor}, or its {@code Stream}. */
final class LanewiseLayer implements Peer {

  private final Tensor y;
  private final Runnable body;

  LanewiseLayer(LayerShape shape, LayerParameters parameters, float[] x, int threads) {
    this(shape, parameters, x, threads, WeightFormat.FLOAT32);
  }

  LanewiseLayer(
      LayerShape shape, LayerParameters parameters, float[] x, int threads, WeightFormat weights) {
    boolean step = shape.isStep();
    Sequential model =
        Sequential.of(shape.cell().layer(shape.units(), !step)).buildZeros(shape.features());
    fill(model, parameters);
    Predictor predictor =
        model.predictor(PredictorOptions.builder().threads(threads).weights(weights).build());
    if (step) {
      Stream stream = predictor.stream(shape.batch(), threads);
      Tensor input = copy(x, shape.batch(), shape.features());
      y = Tensor.zeros(shape.batch(), shape.units());
      body = () -> stream.step(input, y);
    } else {
      Tensor input = copy(x, shape.batch(), shape.timesteps(), shape.features());
      y = Tensor.zeros(shape.batch(), shape.timesteps(), shape.units());
      body = () -> predictor.predict(input, y);
    }
  }

  /** Sets the weights of a layer, and those of a Dense(1) behind it if there is one. */
  static void fill(Sequential model, LayerParameters parameters) {
    float[][] values = {
      parameters.kernel(), parameters.recurrent(), parameters.bias(), parameters.dense(), {0}
    };
    for (int i = 0; i < model.weights().size(); i++) {
      Weight weight = model.weights().get(i);
      weight.set(Tensor.of(values[i], weight.shape().toArray()));
    }
  }

  private static Tensor copy(float[] values, long... dims) {
    return Tensor.zeros(dims).copyFrom(Tensor.of(values, dims));
  }

  @Override
  public void run() {
    body.run();
  }

  @Override
  public float[] result() {
    return y.toArray();
  }

  /** Vectors on the heap come to more. */
  @Override
  public long mostBytes() {
    return 16 << 10;
  }

  @Override
  public void close() {}
}
