package dev.lanewise.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX file of one LSTM or GRU node, its weights inside: X (timesteps, batch, features) gives Y
 * (timesteps, 1, batch, units); as a stream, with h and an LSTM's c (1, batch, units), which give
 * Y_h and Y_c.
 *
 * <p>Protocol buffers by hand: nothing is written here but bytes, whole numbers and names.
 */
final class OnnxModel {

  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  /** ONNX's gates i, o, f, c of ours; those of a GRU are z, r, n in both. */
  private static final int[] LSTM_GATES = {0, 3, 1, 2};

  private static final int[] GRU_GATES = {0, 1, 2};

  private OnnxModel() {}

  static byte[] of(LayerShape shape, LayerParameters parameters) {
    int features = shape.features();
    int units = shape.units();
    boolean gru = shape.cell() == Cell.GRU;
    int[] order = gru ? GRU_GATES : LSTM_GATES;
    int rows = order.length * units;
    Message graph = new Message();
    graph.message(1, node(shape));
    graph.text(2, "layer");
    graph.message(5, tensor("W", parameters.kernelRows(order), 1, rows, features));
    graph.message(5, tensor("R", parameters.recurrentRows(order), 1, rows, units));
    // The input's, then the recurrent one, which of an LSTM is zeros.
    float[] bias = Arrays.copyOf(parameters.bias(order), 2 * rows);
    graph.message(5, tensor("B", bias, 1, 2 * rows));
    graph.message(11, value("X", shape.timesteps(), shape.batch(), features));
    if (shape.isStep()) {
      for (String state : gru ? List.of("h") : List.of("h", "c")) {
        graph.message(11, value(state, 1, shape.batch(), units));
        graph.message(12, value("Y_" + state, 1, shape.batch(), units));
      }
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

  private static Message node(LayerShape shape) {
    Message node = new Message();
    boolean gru = shape.cell() == Cell.GRU;
    String states = gru ? ",,h" : ",,h,c";
    for (String input : ("X,W,R,B" + (shape.isStep() ? states : "")).split(",")) {
      node.text(1, input);
    }
    for (String output : (shape.isStep() ? gru ? ",Y_h" : ",Y_h,Y_c" : "Y").split(",")) {
      node.text(2, output);
    }
    node.text(4, shape.cell().name());
    node.message(5, attribute("hidden_size", shape.units()));
    if (gru) {
      node.message(5, attribute("linear_before_reset", 1));
    }
    return node;
  }

  private static Message attribute(String name, int value) {
    Message attribute = new Message();
    attribute.text(1, name);
    attribute.number(3, value);
    attribute.number(20, 2); // an integer
    return attribute;
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
