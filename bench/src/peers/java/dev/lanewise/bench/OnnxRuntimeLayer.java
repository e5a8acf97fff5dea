package dev.lanewise.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime's LSTM or GRU node, with weights that it packs when the session starts, on memory
 * that is there. A stream has two states, and reads one while it writes the other.
 */
final class OnnxRuntimeLayer implements Peer {

  private final LayerShape shape;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final FloatBuffer[] y = new FloatBuffer[2];
  // Of the runs with an even number, and of the others.
  private final Map<String, OnnxTensor>[] inputs;
  private final Map<String, OnnxTensor>[] outputs;
  private int turn = 1;

  @SuppressWarnings({"unchecked", "rawtypes"})
  OnnxRuntimeLayer(LayerShape shape, LayerParameters parameters, float[] x, int threads)
      throws OrtException {
    this.shape = shape;
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    session = environment.createSession(OnnxModel.of(shape, parameters), options);
    FloatBuffer time = buffer(x.length);
    time.put(0, LayerParameters.swapped(x, shape.batch(), shape.timesteps(), shape.features()));
    OnnxTensor input = tensor(time, shape.timesteps(), shape.batch(), shape.features());
    int state = shape.batch() * shape.units();
    if (shape.isStep()) {
      y[0] = buffer(state);
      y[1] = buffer(state);
      inputs = new Map[] {new HashMap<>(Map.of("X", input)), new HashMap<>(Map.of("X", input))};
      outputs = new Map[] {new HashMap<>(), new HashMap<>()};
      carry("h", state(y[1]), state(y[0]));
      if (shape.cell() == Cell.LSTM) {
        carry("c", state(buffer(state)), state(buffer(state)));
      }
    } else {
      y[0] = buffer(shape.timesteps() * state);
      y[1] = y[0];
      Map<String, OnnxTensor> output =
          Map.of("Y", tensor(y[0], shape.timesteps(), 1, shape.batch(), shape.units()));
      inputs = new Map[] {Map.of("X", input), Map.of("X", input)};
      outputs = new Map[] {output, output};
    }
  }

  private void carry(String name, OnnxTensor first, OnnxTensor second) {
    inputs[0].put(name, first);
    outputs[0].put("Y_" + name, second);
    inputs[1].put(name, second);
    outputs[1].put("Y_" + name, first);
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private OnnxTensor state(FloatBuffer values) throws OrtException {
    return tensor(values, 1, shape.batch(), shape.units());
  }

  private OnnxTensor tensor(FloatBuffer values, long... dims) throws OrtException {
    return OnnxTensor.createTensor(environment, values, dims);
  }

  @Override
  public void run() {
    turn ^= 1;
    try {
      session.run(inputs[turn], Set.of(), outputs[turn]).close(); // the buffers stay
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
    }
  }

  @Override
  public float[] result() {
    float[] values = new float[y[turn].capacity()];
    y[turn].get(0, values);
    return LayerParameters.swapped(values, shape.timesteps(), shape.batch(), shape.units());
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
    }
  }
}
