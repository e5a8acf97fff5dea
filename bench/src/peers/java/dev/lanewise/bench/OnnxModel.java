package dev.lanewise.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An ONNX file of one LSTM node, its weights inside: X (timesteps, batch, features) gives Y
 * (timesteps, 1, batch, units); as a stream, with h and c (1, batch, units), which give Y_h and
 * Y_c.
 *
 * <p>Protocol buffers by hand: nothing is written here but bytes, whole numbers and names.
 */
final class OnnxModel {

  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private OnnxModel() {}

  static byte[] of(LstmShape shape, LstmParameters parameters) {
    int features = shape.features();
    int units = shape.units();
    Message graph = new Message();
    graph.message(1, node(shape));
    graph.text(2, "lstm");
    graph.message(
        5, tensor("W", gates(parameters.kernel(), features, units), 1, 4 * units, features));
    graph.message(5, tensor("R", gates(parameters.recurrent(), units, units), 1, 4 * units, units));
    float[] bias = new float[8 * units]; // the input's, then the recurrent one: zeros
    System.arraycopy(gates(parameters.bias(), 1, units), 0, bias, 0, 4 * units);
    graph.message(5, tensor("B", bias, 1, 8 * units));
    graph.message(11, value("X", shape.timesteps(), shape.batch(), features));
    if (shape.isStep()) {
      graph.message(11, value("h", 1, shape.batch(), units));
      graph.message(11, value("c", 1, shape.batch(), units));
      graph.message(12, value("Y_h", 1, shape.batch(), units));
      graph.message(12, value("Y_c", 1, shape.batch(), units));
    } else {
      graph.message(12, value("Y", shape.timesteps(), 1, shape.batch(), units));
    }
    Message model = new Message();
    model.number(1, IR_VERSION);
    model.message(7, graph);
    Message opset = new Message();
    opset.number(2, OPSET);
    model.message(8, opset);
    return model.bytes();
  }

  private static Message node(LstmShape shape) {
    Message node = new Message();
    String[] inputs =
        shape.isStep()
            ? new String[] {"X", "W", "R", "B", "", "h", "c"}
            : new String[] {"X", "W", "R", "B"};
    for (String input : inputs) {
      node.text(1, input);
    }
    String[] outputs = shape.isStep() ? new String[] {"", "Y_h", "Y_c"} : new String[] {"Y"};
    for (String output : outputs) {
      node.text(2, output);
    }
    node.text(4, "LSTM");
    Message hidden = new Message();
    hidden.text(1, "hidden_size");
    hidden.number(3, shape.units());
    hidden.number(20, 2); // an integer
    node.message(5, hidden);
    return node;
  }

  /** (inputs, 4 * units) in the order i, f, g, o to (4 * units, inputs) in the order i, o, f, g. */
  private static float[] gates(float[] weights, int inputs, int units) {
    float[] rows = LstmParameters.transposed(weights, inputs, 4 * units);
    float[] result = new float[rows.length];
    int gate = units * inputs;
    int[] from = {0, 3, 1, 2};
    for (int g = 0; g < 4; g++) {
      System.arraycopy(rows, from[g] * gate, result, g * gate, gate);
    }
    return result;
  }

  private static Message tensor(String name, float[] values, long... dims) {
    Message tensor = new Message();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    tensor.number(2, FLOAT);
    tensor.text(8, name);
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    tensor.bytes(9, raw.array());
    return tensor;
  }

  private static Message value(String name, long... dims) {
    Message shape = new Message();
    for (long dim : dims) {
      Message axis = new Message();
      axis.number(1, dim);
      shape.message(1, axis);
    }
    Message tensorType = new Message();
    tensorType.number(1, FLOAT);
    tensorType.message(2, shape);
    Message type = new Message();
    type.message(1, tensorType);
    Message value = new Message();
    value.text(1, name);
    value.message(2, type);
    return value;
  }

  /** Fields by number, one after the other. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
      return out.toByteArray();
    }

    void number(int field, long value) {
      varint((long) field << 3);
      varint(value);
    }

    void bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
    }

    void text(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Message value) {
      bytes(field, value.bytes());
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
