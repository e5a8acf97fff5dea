package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.AddSign;
import dev.lanewise.kernels.SumOfMagnitudes;
import dev.lanewise.kernels.SumOfSquares;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Penalty;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.run.Wiring;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What weights add to a loss by themselves, each once however often its layer is called, and the
 * gradients of that. Allocates nothing in a step.
 */
public final class Penalties {
  private final MemorySegment memory;
  private final List<StoredWeight> penalized;
  private final boolean[] apart; // whether it is of no layer that a loss needs

  private Penalties(ModelWeights weights, List<StoredWeight> penalized) {
    this.memory = weights.memory();
    this.penalized = List.copyOf(penalized);
    this.apart = new boolean[penalized.size()];
  }

  /** Of a model's weights. */
  public static Penalties of(ModelWeights weights) {
    return new Penalties(weights, weights.all().stream().filter(Penalties::isPenalized).toList());
  }

  /** Of a model's weights where some calls are trained. */
  static Penalties of(ModelWeights weights, List<Wiring.Call> calls) {
    Penalties all = of(weights);
    List<StoredWeight> needed = new ArrayList<>();
    calls.forEach(call -> needed.addAll(weights.layer(call.weights()).weights()));
    for (int i = 0; i < all.apart.length; i++) {
      all.apart[i] = !needed.contains(all.penalized.get(i));
    }
    return all;
  }

  private static boolean isPenalized(StoredWeight weight) {
    return weight.trainable() && !weight.penalty().isNone();
  }

  boolean isEmpty() {
    return penalized.isEmpty();
  }

  /** What all add together, with the weights as they are now. */
  public double loss() {
    double sum = 0;
    for (int i = 0; i < penalized.size(); i++) {
      sum += loss(penalized.get(i));
    }
    return sum;
  }

  /** The first weight that adds NaN or infinity; null where none does. */
  @Nullable StoredWeight firstNotFinite() {
    for (StoredWeight weight : penalized) {
      if (!Double.isFinite(loss(weight))) {
        return weight;
      }
    }
    return null;
  }

  private double loss(StoredWeight weight) {
    Penalty penalty = weight.penalty();
    double sum = 0;
    long end = weight.offset() + weight.shape().size();
    for (long at = weight.offset(); at < end; at += GradientNorm.CHUNK) {
      long n = Math.min(GradientNorm.CHUNK, end - at);
      if (penalty.l1() != 0) {
        sum += penalty.l1() * SumOfMagnitudes.apply(n, memory, at);
      }
      if (penalty.l2() != 0) {
        sum += penalty.l2() * SumOfSquares.apply(n, memory, at);
      }
    }
    return sum;
  }

  /** Adds {@code l1 * sign(w) + 2 * l2 * w} to the gradients, a part of each weight's. */
  void add(MemorySegment gradients, int part, int of) {
    for (int i = 0; i < penalized.size(); i++) {
      StoredWeight weight = penalized.get(i);
      long size = weight.shape().size();
      long from = size * part / of;
      long count = size * (part + 1) / of - from;
      long at = weight.offset() + from;
      if (apart[i]) { // whose gradient no layer writes
        Blocks.clear(gradients, at, count);
      }
      add(weight.penalty(), gradients, at, count);
    }
  }

  private void add(Penalty penalty, MemorySegment gradients, long at, long count) {
    if (penalty.l1() != 0) {
      AddSign.apply(count, (float) penalty.l1(), memory, at, gradients, at);
    }
    if (penalty.l2() != 0) {
      AddScaled.apply(count, (float) (2 * penalty.l2()), memory, at, gradients, at);
    }
  }
}
