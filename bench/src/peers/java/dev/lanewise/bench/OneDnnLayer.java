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
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * oneDNN's LSTM primitive, its weights reordered once to what it asks for. A stream has two states,
 * and reads one while it writes the other.
 */
final class OneDnnLayer implements Peer {

  private final LstmShape shape;
  private final OneDnn cpu;
  private final lstm_forward primitive;
  private final memory y;
  // Read and written by turns.
  private IntMemoryMap now;
  private IntMemoryMap next;

  OneDnnLayer(LstmShape shape, LstmParameters parameters, float[] x, int threads) {
    this.shape = shape;
    cpu = new OneDnn(threads);
    int batch = shape.batch();
    int timesteps = shape.timesteps();
    int features = shape.features();
    int units = shape.units();
    memory.desc input = OneDnn.desc(format_tag.tnc, timesteps, batch, features);
    memory.desc output = OneDnn.desc(format_tag.tnc, timesteps, batch, units);
    memory.desc state =
        shape.isStep() ? OneDnn.desc(format_tag.ldnc, 1, 1, batch, units) : new memory.desc();
    memory.desc bias = OneDnn.desc(format_tag.ldgo, 1, 1, 4, units);
    lstm_forward.primitive_desc plan =
        new lstm_forward.primitive_desc(
            cpu.engine,
            prop_kind.forward_inference,
            rnn_direction.unidirectional_left2right,
            input,
            state,
            state,
            OneDnn.desc(format_tag.any, 1, 1, features, 4, units),
            OneDnn.desc(format_tag.any, 1, 1, units, 4, units),
            bias,
            output,
            state,
            state);
    primitive = new lstm_forward(plan);
    y = cpu.memory(output);
    now = new IntMemoryMap();
    now.put(
        DNNL_ARG_SRC_LAYER,
        cpu.memory(input, LstmParameters.swapped(x, batch, timesteps, features)));
    now.put(
        DNNL_ARG_WEIGHTS_LAYER,
        cpu.reordered(
            cpu.memory(
                OneDnn.desc(format_tag.ldigo, 1, 1, features, 4, units), parameters.kernel()),
            plan.weights_layer_desc()));
    now.put(
        DNNL_ARG_WEIGHTS_ITER,
        cpu.reordered(
            cpu.memory(
                OneDnn.desc(format_tag.ldigo, 1, 1, units, 4, units), parameters.recurrent()),
            plan.weights_iter_desc()));
    now.put(DNNL_ARG_BIAS, cpu.memory(bias, parameters.bias()));
    now.put(DNNL_ARG_DST_LAYER, y);
    next = now;
    if (shape.isStep()) {
      next = new IntMemoryMap().put(now);
      memory[] states = {
        cpu.memory(state), cpu.memory(state), cpu.memory(state), cpu.memory(state)
      };
      carry(now, states[0], states[1], states[2], states[3]);
      carry(next, states[2], states[3], states[0], states[1]);
    }
  }

  private static void carry(
      IntMemoryMap arguments, memory h, memory c, memory hNext, memory cNext) {
    arguments.put(DNNL_ARG_SRC_ITER, h);
    arguments.put(DNNL_ARG_SRC_ITER_C, c);
    arguments.put(DNNL_ARG_DST_ITER, hNext);
    arguments.put(DNNL_ARG_DST_ITER_C, cNext);
  }

  @Override
  public void run() {
    primitive.execute(cpu.stream, now);
    cpu.stream._wait();
    IntMemoryMap other = next;
    next = now;
    now = other;
  }

  @Override
  public float[] result() {
    return LstmParameters.swapped(
        OneDnn.floats(y).toArray(JAVA_FLOAT), shape.timesteps(), shape.batch(), shape.units());
  }

  @Override
  public void close() {
    primitive.close();
  }
}
