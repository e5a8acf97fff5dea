package dev.lanewise.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime's LSTM node, with weights that it packs when the session starts, on memory that is
 * there. A stream has two states, and reads one while it writes the other.
 */
final class OnnxRuntimeLayer implements Peer {

  private final LstmShape shape;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final FloatBuffer[] y = new FloatBuffer[2];
  // Of the runs with an even number, and of the others.
  private final Map<String, OnnxTensor>[] inputs;
  private final Map<String, OnnxTensor>[] outputs;
  private int turn = 1;

  @SuppressWarnings({"unchecked", "rawtypes"})
  OnnxRuntimeLayer(LstmShape shape, LstmParameters parameters, float[] x, int threads)
      throws OrtException {
    this.shape = shape;
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    session = environment.createSession(OnnxModel.of(shape, parameters), options);
    FloatBuffer time = buffer(x.length);
    time.put(0, LstmParameters.swapped(x, shape.batch(), shape.timesteps(), shape.features()));
    OnnxTensor input = tensor(time, shape.timesteps(), shape.batch(), shape.features());
    int state = shape.batch() * shape.units();
    if (shape.isStep()) {
      y[0] = buffer(state);
      y[1] = buffer(state);
      OnnxTensor[] h = {state(y[1]), state(y[0])};
      OnnxTensor[] c = {state(buffer(state)), state(buffer(state))};
      inputs =
          new Map[] {
            Map.of("X", input, "h", h[0], "c", c[0]), Map.of("X", input, "h", h[1], "c", c[1])
          };
      outputs = new Map[] {Map.of("Y_h", h[1], "Y_c", c[1]), Map.of("Y_h", h[0], "Y_c", c[0])};
    } else {
      y[0] = buffer(shape.timesteps() * state);
      y[1] = y[0];
      Map<String, OnnxTensor> output =
          Map.of("Y", tensor(y[0], shape.timesteps(), 1, shape.batch(), shape.units()));
      inputs = new Map[] {Map.of("X", input), Map.of("X", input)};
      outputs = new Map[] {output, output};
    }
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
    return LstmParameters.swapped(values, shape.timesteps(), shape.batch(), shape.units());
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
