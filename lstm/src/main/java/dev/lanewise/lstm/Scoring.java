package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.run.ForwardBlocks;
import dev.lanewise.lstm.run.ForwardThreads;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * Scores a model on samples. The packed weights are its own and handed to nobody: where the model's
 * have changed since, they are overwritten in place. Given up where the heap runs short. One call
 * at a time; others wait.
 */
final class Scoring {
  private final Plan plan;
  private final ModelWeights weights;
  private final Compilation compilation;
  private @Nullable SoftReference<ForwardBlocks> kept;
  private long revision; // that is packed

  Scoring(Plan plan, ModelWeights weights, Compilation compilation) {
    this.plan = plan;
    this.weights = weights;
    this.compilation = compilation;
  }

  /** With the weights as they are now, on so many threads of a team. */
  synchronized Scores of(TrainingData data, Team team, int threads) {
    ForwardThreads forward = new ForwardThreads(packed(threads), team, threads);
    return Evaluation.of(forward, data, compilation, weights);
  }

  private ForwardBlocks packed(int threads) {
    ForwardBlocks blocks = kept == null ? null : kept.get();
    long now = weights.revision().number();
    if (blocks == null) {
      blocks = new ForwardBlocks(plan.wiring(), weights::layer, WeightFormat.FLOAT32, threads);
      kept = new SoftReference<>(blocks);
    } else if (revision != now) {
      blocks.pack(weights::layer);
    }
    revision = now;
    return blocks;
  }
}
