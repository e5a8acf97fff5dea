package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive;

/**
 * oneDNN's primitive lstm or lbr_gru, its weights reordered once to what it asks for. A stream has
 * two states, and reads one while it writes the other.
 */
final class OneDnnLayer implements Peer {

  /** oneDNN's biases of a lbr_gru: those of z and r, of which it has one each, and both of n. */
  private static final int BIASES = 4;

  private final LayerShape shape;
  private final OneDnn cpu;
  private final Plan plan;
  private final memory y;
  // Read and written by turns.
  private IntMemoryMap now;
  private IntMemoryMap next;

  /** A primitive, and the layouts it asks for. */
  private record Plan(primitive primitive, memory.desc kernel, memory.desc recurrent) {}

  OneDnnLayer(LayerShape shape, LayerParameters parameters, float[] x, int threads) {
    this.shape = shape;
    cpu = new OneDnn(threads);
    int batch = shape.batch();
    int timesteps = shape.timesteps();
    memory.desc input = OneDnn.desc(format_tag.tnc, timesteps, batch, shape.features());
    memory.desc output = OneDnn.desc(format_tag.tnc, timesteps, batch, shape.units());
    memory.desc state =
        shape.isStep()
            ? OneDnn.desc(format_tag.ldnc, 1, 1, batch, shape.units())
            : new memory.desc();
    memory.desc bias = OneDnn.desc(format_tag.ldgo, 1, 1, BIASES, shape.units());
    plan =
        shape.cell() == Cell.GRU
            ? gru(input, state, bias, output)
            : lstm(input, state, bias, output);
    y = cpu.memory(output);
    now = new IntMemoryMap();
    now.put(
        DNNL_ARG_SRC_LAYER,
        cpu.memory(input, LayerParameters.swapped(x, batch, timesteps, shape.features())));
    now.put(
        DNNL_ARG_WEIGHTS_LAYER,
        cpu.reordered(
            cpu.memory(weights(format_tag.ldigo, shape.features()), parameters.kernel()),
            plan.kernel));
    now.put(
        DNNL_ARG_WEIGHTS_ITER,
        cpu.reordered(
            cpu.memory(weights(format_tag.ldigo, shape.units()), parameters.recurrent()),
            plan.recurrent));
    now.put(DNNL_ARG_BIAS, cpu.memory(bias, bias(parameters)));
    now.put(DNNL_ARG_DST_LAYER, y);
    next = now;
    if (shape.isStep()) {
      next = new IntMemoryMap().put(now);
      carry(DNNL_ARG_SRC_ITER, DNNL_ARG_DST_ITER, state);
      if (shape.cell() == Cell.LSTM) {
        carry(DNNL_ARG_SRC_ITER_C, DNNL_ARG_DST_ITER_C, state);
      }
    }
  }

  private Plan lstm(memory.desc input, memory.desc state, memory.desc bias, memory.desc output) {
    lstm_forward.primitive_desc desc =
        new lstm_forward.primitive_desc(
            cpu.engine,
            prop_kind.forward_inference,
            rnn_direction.unidirectional_left2right,
            input,
            state,
            state,
            weights(format_tag.any, shape.features()),
            weights(format_tag.any, shape.units()),
            bias,
            output,
            state,
            state);
    return new Plan(new lstm_forward(desc), desc.weights_layer_desc(), desc.weights_iter_desc());
  }

  private Plan gru(memory.desc input, memory.desc state, memory.desc bias, memory.desc output) {
    lbr_gru_forward.primitive_desc desc =
        new lbr_gru_forward.primitive_desc(
            cpu.engine,
            prop_kind.forward_inference,
            rnn_direction.unidirectional_left2right,
            input,
            state,
            weights(format_tag.any, shape.features()),
            weights(format_tag.any, shape.units()),
            bias,
            output,
            state);
    return new Plan(new lbr_gru_forward(desc), desc.weights_layer_desc(), desc.weights_iter_desc());
  }

  private memory.desc weights(format_tag layout, int inputs) {
    return OneDnn.desc(layout, 1, 1, inputs, shape.cell().gates(), shape.units());
  }

  /** Those of an LSTM as they are; of a GRU bz + cz, br + cr, bn, cn. */
  private float[] bias(LayerParameters parameters) {
    float[] all = parameters.bias();
    if (shape.cell() == Cell.LSTM) {
      return all;
    }
    int units = shape.units();
    float[] result = new float[BIASES * units];
    for (int i = 0; i < 2 * units; i++) {
      result[i] = all[i] + all[3 * units + i];
    }
    System.arraycopy(all, 2 * units, result, 2 * units, units);
    System.arraycopy(all, 5 * units, result, 3 * units, units);
    return result;
  }

  private void carry(int source, int target, memory.desc state) {
    memory one = cpu.memory(state);
    memory other = cpu.memory(state);
    now.put(source, one);
    now.put(target, other);
    next.put(source, other);
    next.put(target, one);
  }

  @Override
  public void run() {
    plan.primitive.execute(cpu.stream, now);
    cpu.stream._wait();
    IntMemoryMap other = next;
    next = now;
    now = other;
  }

  @Override
  public float[] result() {
    return LayerParameters.swapped(
        OneDnn.floats(y).toArray(JAVA_FLOAT), shape.timesteps(), shape.batch(), shape.units());
  }

  @Override
  public void close() {
    plan.primitive.close();
  }
}
