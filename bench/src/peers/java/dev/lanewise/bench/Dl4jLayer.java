package dev.lanewise.bench;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's {@code output} over (batch, features, timesteps), or its {@code rnnTimeStep}. */
final class Dl4jLayer implements Peer {

  private final boolean step;
  private final MultiLayerNetwork network;
  private final INDArray x;
  private INDArray y;

  Dl4jLayer(LayerShape shape, LayerParameters parameters, float[] x, int threads) {
    step = shape.isStep();
    Dl4j.threads(threads);
    network =
        Dl4j.network(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(Dl4j.lstm(shape.features(), shape.units())),
            parameters);
    this.x =
        step
            ? Nd4j.create(x, new long[] {shape.batch(), shape.features()}, 'c')
            : Dl4j.sequences(x, shape.batch(), shape.timesteps(), shape.features());
    y = this.x;
  }

  @Override
  public void run() {
    y = step ? network.rnnTimeStep(x) : network.output(x);
  }

  @Override
  public float[] result() {
    return (step ? y : y.permute(0, 2, 1)).dup('c').data().asFloat();
  }

  @Override
  public void close() {
    network.close();
  }
}
