package dev.lanewise.bench;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's {@code fit}, a batch a call; its Adam adds epsilon where Lanewise's does. */
final class Dl4jTraining implements Peer {

  private final MultiLayerNetwork network;
  private final INDArray[] x = new INDArray[TrainingBenchmark.BATCHES];
  private final INDArray[] y = new INDArray[TrainingBenchmark.BATCHES];
  private double loss;

  Dl4jTraining(TrainingTask task, int threads) {
    TrainShape shape = task.shape();
    int units = shape.units();
    Dl4j.threads(threads);
    network =
        Dl4j.network(
            new NeuralNetConfiguration.Builder()
                .updater(
                    new Adam(
                        TrainingTask.RATE,
                        TrainingTask.BETA1,
                        TrainingTask.BETA2,
                        TrainingTask.EPSILON))
                .list()
                .layer(new LastTimeStep(Dl4j.lstm(shape.features(), units)))
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(units)
                        .nOut(1)
                        .build()),
            task.parameters());
    network
        .getParam("1_W")
        .assign(Nd4j.create(task.parameters().dense(), new long[] {units, 1}, 'c'));
    network.getParam("1_b").assign(0);
    for (int i = 0; i < x.length; i++) {
      x[i] = Dl4j.sequences(task.batch(i), shape.batch(), shape.timesteps(), shape.features());
      y[i] = Nd4j.create(task.targets(i), new long[] {shape.batch(), 1}, 'c');
    }
  }

  @Override
  public void run() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      network.fit(x[i], y[i]);
      sum += network.score();
    }
    loss = sum / x.length;
  }

  @Override
  public float[] result() {
    return new float[] {(float) loss};
  }

  @Override
  public void close() {
    network.close();
  }
}
