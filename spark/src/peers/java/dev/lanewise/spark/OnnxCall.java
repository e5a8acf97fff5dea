package dev.lanewise.spark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import scala.collection.mutable.ArraySeq;

/**
 * Predicts rows in one call of ONNX Runtime, on one thread, on memory that is there. Rows of a
 * batch that are not there are zeros.
 */
final class OnnxCall implements Consumer<List<Sample>>, AutoCloseable {
  private final int batch;
  private final int timesteps;
  private final int features;
  private final int units;
  private final OrtSession session;
  private final FloatBuffer x;
  private final FloatBuffer y;
  private final Map<String, OnnxTensor> input;
  private final Map<String, OnnxTensor> output;
  private final float[] row;

  OnnxCall(byte[] model, int batch, int timesteps, int features, int units) throws OrtException {
    this.batch = batch;
    this.timesteps = timesteps;
    this.features = features;
    this.units = units;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(model, options);
    x = buffer(timesteps * batch * features);
    y = buffer(timesteps * batch * units);
    input =
        Map.of(
            "X", OnnxTensor.createTensor(environment, x, new long[] {timesteps, batch, features}));
    output =
        Map.of(
            "Y", OnnxTensor.createTensor(environment, y, new long[] {timesteps, 1, batch, units}));
    row = new float[timesteps * features];
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void accept(List<Sample> rows) {
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).input(0).copyTo(row, 0, row.length);
      for (int step = 0; step < timesteps; step++) {
        x.put((step * batch + i) * features, row, step * features, features);
      }
    }
    try {
      session.run(input, Set.of(), output).close(); // the buffers stay
    } catch (OrtException e) {
      throw new IllegalStateException("onnxruntime: " + e.getMessage(), e);
    }
    for (int i = 0; i < rows.size(); i++) {
      float[] last = new float[units];
      y.get(((timesteps - 1) * batch + i) * units, last);
      rows.get(i).output(0, new ArraySeq.ofFloat(last));
    }
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
