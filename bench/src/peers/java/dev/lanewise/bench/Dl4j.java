package dev.lanewise.bench;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What DL4J's layer and its training share. */
final class Dl4j {

  /** Its gates are g, f, o, i. */
  private static final int[] GATES = {2, 1, 3, 0};

  private Dl4j() {}

  static void threads(int threads) {
    Nd4j.factory().blas().setMaxThreads(threads); // loads what the next line needs
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }

  static LSTM lstm(int features, int units) {
    return new LSTM.Builder()
        .nIn(features)
        .nOut(units)
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID)
        .build();
  }

  /** Made, with the LSTM's weights set. */
  static MultiLayerNetwork network(
      NeuralNetConfiguration.ListBuilder layers, LayerParameters parameters) {
    MultiLayerConfiguration plan = layers.build();
    MultiLayerNetwork network = new MultiLayerNetwork(plan);
    network.init();
    int features = parameters.features();
    int units = parameters.units();
    network.getParam("0_W").assign(gates(parameters.kernel(), features, units));
    network.getParam("0_RW").assign(gates(parameters.recurrent(), units, units));
    network.getParam("0_b").assign(gates(parameters.bias(), 1, units));
    return network;
  }

  /** (rows, 4 * units) with the gates in its order. */
  private static INDArray gates(float[] values, int rows, int units) {
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int gate = 0; gate < GATES.length; gate++) {
        System.arraycopy(
            values, (4 * r + GATES[gate]) * units, result, (4 * r + gate) * units, units);
      }
    }
    return Nd4j.create(result, new long[] {rows, 4L * units}, 'c');
  }

  /**
   * (batch, features, timesteps) with a timestep's values together, as the layer would copy them.
   *
   * @param x (batch, timesteps, features)
   */
  static INDArray sequences(float[] x, int batch, int timesteps, int features) {
    return Nd4j.create(x, new long[] {batch, timesteps, features}, 'c').permute(0, 2, 1).dup('f');
  }
}
