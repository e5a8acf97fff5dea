package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.lanewise.kernels.AdamUpdate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.reorder;

/**
 * oneDNN's LSTM forward and backward; the Dense and the loss in Java, and Lanewise's Adam, which
 * oneDNN has not. Weights that changed are reordered for each step to what the two ask for.
 *
 * <p>Initial states of zeros are given: without them the gradient of the recurrent kernel came out
 * wrong.
 */
final class OneDnnTraining implements Peer {

  private final TrainShape shape;
  private final OneDnn cpu;
  private final lstm_forward forward;
  private final lstm_backward backward;
  private final IntMemoryMap forwardArguments = new IntMemoryMap();
  private final IntMemoryMap backwardArguments = new IntMemoryMap();
  private final memory[] x = new memory[TrainingBenchmark.BATCHES];
  private final float[][] y = new float[TrainingBenchmark.BATCHES][];
  private final Reordering[] before;
  private final Reordering[] after;
  private final Adam[] updates;
  private final MemorySegment states;
  private final MemorySegment gradient;
  private final MemorySegment dense;
  private final MemorySegment denseGradient;
  private final float[] last;
  private final float[] weights;
  private long step;
  private double loss;

  OneDnnTraining(TrainingTask task, int threads) {
    shape = task.shape();
    cpu = new OneDnn(threads);
    int batch = shape.batch();
    int features = shape.features();
    int units = shape.units();
    memory.desc input = OneDnn.desc(format_tag.tnc, shape.timesteps(), batch, features);
    memory.desc output = OneDnn.desc(format_tag.tnc, shape.timesteps(), batch, units);
    memory.desc state = OneDnn.desc(format_tag.ldnc, 1, 1, batch, units);
    memory.desc bias = OneDnn.desc(format_tag.ldgo, 1, 1, 4, units);
    memory.desc anyKernel = OneDnn.desc(format_tag.any, 1, 1, features, 4, units);
    memory.desc anyRecurrent = OneDnn.desc(format_tag.any, 1, 1, units, 4, units);
    lstm_forward.primitive_desc plan =
        new lstm_forward.primitive_desc(
            cpu.engine,
            prop_kind.forward_training,
            rnn_direction.unidirectional_left2right,
            input,
            state,
            state,
            anyKernel,
            anyRecurrent,
            bias,
            output,
            state,
            state);
    lstm_backward.primitive_desc back =
        new lstm_backward.primitive_desc(
            cpu.engine,
            prop_kind.backward,
            rnn_direction.unidirectional_left2right,
            input,
            state,
            state,
            anyKernel,
            anyRecurrent,
            bias,
            output,
            state,
            state,
            input,
            state,
            state,
            anyKernel,
            anyRecurrent,
            bias,
            output,
            state,
            state,
            plan);
    forward = new lstm_forward(plan);
    backward = new lstm_backward(back);

    memory.desc plainKernel = OneDnn.desc(format_tag.ldigo, 1, 1, features, 4, units);
    memory.desc plainRecurrent = OneDnn.desc(format_tag.ldigo, 1, 1, units, 4, units);
    memory kernel = cpu.memory(plainKernel, task.parameters().kernel());
    memory recurrent = cpu.memory(plainRecurrent, task.parameters().recurrent());
    memory biases = cpu.memory(bias, task.parameters().bias());
    before =
        new Reordering[] {
          new Reordering(kernel, plan.weights_layer_desc()),
          new Reordering(recurrent, plan.weights_iter_desc()),
          new Reordering(kernel, back.weights_layer_desc()),
          new Reordering(recurrent, back.weights_iter_desc())
        };
    after =
        new Reordering[] {
          new Reordering(cpu.memory(back.diff_weights_layer_desc()), plainKernel),
          new Reordering(cpu.memory(back.diff_weights_iter_desc()), plainRecurrent)
        };
    memory biasGradient = cpu.memory(bias);
    dense = Arena.ofAuto().allocate(JAVA_FLOAT, units + 1);
    denseGradient = Arena.ofAuto().allocate(JAVA_FLOAT, units + 1);
    MemorySegment.copy(task.parameters().dense(), 0, dense, JAVA_FLOAT, 0, units);
    updates =
        new Adam[] {
          new Adam(OneDnn.floats(kernel), OneDnn.floats(after[0].target)),
          new Adam(OneDnn.floats(recurrent), OneDnn.floats(after[1].target)),
          new Adam(OneDnn.floats(biases), OneDnn.floats(biasGradient)),
          new Adam(dense, denseGradient)
        };

    memory all = cpu.memory(output);
    memory allGradient = cpu.memory(output);
    states = OneDnn.floats(all);
    gradient = OneDnn.floats(allGradient);
    last = new float[batch * units];
    weights = new float[units + 1];
    for (int i = 0; i < x.length; i++) {
      x[i] = cpu.memory(input, task.timeMajor(i));
      y[i] = task.targets(i);
    }
    memory h = cpu.memory(state);
    memory c = cpu.memory(state);
    memory workspace = cpu.memory(plan.workspace_desc());
    put(DNNL_ARG_SRC_ITER, h);
    put(DNNL_ARG_SRC_ITER_C, c);
    put(DNNL_ARG_BIAS, biases);
    put(DNNL_ARG_DST_LAYER, all);
    put(DNNL_ARG_DST_ITER, cpu.memory(state));
    put(DNNL_ARG_DST_ITER_C, cpu.memory(state));
    put(DNNL_ARG_WORKSPACE, workspace);
    forwardArguments.put(DNNL_ARG_WEIGHTS_LAYER, before[0].target);
    forwardArguments.put(DNNL_ARG_WEIGHTS_ITER, before[1].target);
    backwardArguments.put(DNNL_ARG_WEIGHTS_LAYER, before[2].target);
    backwardArguments.put(DNNL_ARG_WEIGHTS_ITER, before[3].target);
    backwardArguments.put(DNNL_ARG_DIFF_SRC_LAYER, cpu.memory(input));
    backwardArguments.put(DNNL_ARG_DIFF_SRC_ITER, cpu.memory(state));
    backwardArguments.put(DNNL_ARG_DIFF_SRC_ITER_C, cpu.memory(state));
    backwardArguments.put(DNNL_ARG_DIFF_WEIGHTS_LAYER, after[0].source);
    backwardArguments.put(DNNL_ARG_DIFF_WEIGHTS_ITER, after[1].source);
    backwardArguments.put(DNNL_ARG_DIFF_BIAS, biasGradient);
    backwardArguments.put(DNNL_ARG_DIFF_DST_LAYER, allGradient);
    backwardArguments.put(DNNL_ARG_DIFF_DST_ITER, cpu.memory(state));
    backwardArguments.put(DNNL_ARG_DIFF_DST_ITER_C, cpu.memory(state));
  }

  private void put(int argument, memory memory) {
    forwardArguments.put(argument, memory);
    backwardArguments.put(argument, memory);
  }

  @Override
  public void run() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += step(i);
    }
    loss = sum / x.length;
  }

  private double step(int i) {
    for (Reordering weight : before) {
      weight.run();
    }
    forwardArguments.put(DNNL_ARG_SRC_LAYER, x[i]);
    backwardArguments.put(DNNL_ARG_SRC_LAYER, x[i]);
    forward.execute(cpu.stream, forwardArguments);
    cpu.stream._wait();
    double error = denseAndLoss(y[i]);
    for (Reordering weight : after) {
      OneDnn.floats(weight.source).fill((byte) 0); // oneDNN adds to them
    }
    updates[2].gradient.fill((byte) 0);
    backward.execute(cpu.stream, backwardArguments);
    cpu.stream._wait();
    for (Reordering weight : after) {
      weight.run();
    }
    step++;
    for (Adam update : updates) {
      update.apply(step);
    }
    return error;
  }

  /** Dense(1) of the last state, mean squared error, and the gradients of both. */
  private double denseAndLoss(float[] targets) {
    int batch = shape.batch();
    int units = shape.units();
    long from = (long) (shape.timesteps() - 1) * batch * units;
    MemorySegment.copy(states, JAVA_FLOAT, from * Float.BYTES, last, 0, last.length);
    MemorySegment.copy(dense, JAVA_FLOAT, 0, weights, 0, units + 1);
    float[] sums = new float[units + 1];
    double error = 0;
    for (int b = 0; b < batch; b++) {
      float value = weights[units];
      for (int u = 0; u < units; u++) {
        value += last[b * units + u] * weights[u];
      }
      float difference = value - targets[b];
      error += (double) difference * difference;
      float slope = 2 * difference / batch;
      for (int u = 0; u < units; u++) {
        sums[u] += slope * last[b * units + u];
        last[b * units + u] = slope * weights[u];
      }
      sums[units] += slope;
    }
    MemorySegment.copy(last, 0, gradient, JAVA_FLOAT, from * Float.BYTES, last.length);
    MemorySegment.copy(sums, 0, denseGradient, JAVA_FLOAT, 0, units + 1);
    return error / batch;
  }

  @Override
  public float[] result() {
    return new float[] {(float) loss};
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
  }

  /** From one layout to another, planned once; where they are the same, nothing. */
  private final class Reordering {
    final memory source;
    final memory target;
    private final reorder primitive;

    Reordering(memory source, memory.desc layout) {
      this.source = source;
      target = source.get_desc().equals(layout) ? source : cpu.memory(layout);
      primitive = new reorder(source, target);
    }

    void run() {
      if (source != target) {
        primitive.execute(cpu.stream, source, target);
        cpu.stream._wait();
      }
    }
  }

  /** Weights, their gradient and their moments. */
  private static final class Adam {
    final MemorySegment gradient;
    private final MemorySegment values;
    private final MemorySegment first;
    private final MemorySegment second;

    Adam(MemorySegment values, MemorySegment gradient) {
      this.values = values;
      this.gradient = gradient;
      first = Arena.ofAuto().allocate(values.byteSize(), 64);
      second = Arena.ofAuto().allocate(values.byteSize(), 64);
    }

    void apply(long step) {
      AdamUpdate.apply(
          values.byteSize() / Float.BYTES,
          step,
          TrainingTask.RATE,
          TrainingTask.BETA1,
          TrainingTask.BETA2,
          TrainingTask.EPSILON,
          gradient,
          0,
          first,
          0,
          second,
          0,
          values,
          0);
    }
  }
}
