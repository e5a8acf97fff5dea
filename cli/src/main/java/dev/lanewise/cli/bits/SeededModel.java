package dev.lanewise.cli.bits;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model, and what it is fed and trained with, all drawn under its name: the same name gives the
 * same model for ever. What is asked for twice is made twice.
 */
record SeededModel(
    String name,
    SeededKind kind,
    int variant,
    int batch,
    int timesteps,
    int features,
    List<Layer> layers) {
  static final int VOCABULARY = 23;

  /** All kinds in all variants. */
  static List<SeededModel> all() {
    List<SeededModel> all = new ArrayList<>();
    for (SeededKind kind : SeededKind.values()) {
      for (int variant = 0; variant < kind.variants; variant++) {
        all.add(of(kind, variant));
      }
    }
    return all;
  }

  private static SeededModel of(SeededKind kind, int variant) {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + variant;
    Draw draw = new Draw(name, "layers");
    int batch = kind.batch(draw, variant);
    int timesteps = kind.timesteps(draw);
    int features = kind.features(draw);
    List<Layer> layers = kind.layers(draw, variant, timesteps, features);
    return new SeededModel(name, kind, variant, batch, timesteps, features, layers);
  }

  private Draw draw(String purpose) {
    return new Draw(name, purpose);
  }

  boolean streams() {
    return kind.streams(variant);
  }

  /** Whether a predictor reads its weights rounded. */
  boolean takesNarrowWeights() {
    return recurrent().stream().map(RecurrentKind::of).allMatch(RecurrentKind::takesNarrowWeights);
  }

  /** Its recurrent layers, those inside others too. */
  List<Recurrent> recurrent() {
    List<Recurrent> found = new ArrayList<>();
    for (Layer layer : layers) {
      Layer inside = layer instanceof Bidirectional both ? both.layer() : layer;
      if (inside instanceof Recurrent recurrent) {
        found.add(recurrent);
      }
    }
    return found;
  }

  /** Built and compiled, its weights the first ones. */
  Sequential model() {
    Sequential model = Sequential.of(layers);
    long seed = draw("weights").seed();
    if (layers.getFirst() instanceof Embedding) {
      model.build(seed);
    } else if (kind.takesRows()) {
      model.build(features, seed);
    } else {
      model.build(timesteps, features, seed);
    }
    return model.compile(optimizer(), kind.loss(variant));
  }

  private Optimizer optimizer() {
    return switch (draw("optimizer").between(0, 3)) {
      case 0 -> Adam.of();
      case 1 -> Adam.builder().learningRate(0.01).globalClipNorm(0.1).build();
      case 2 -> Sgd.builder().learningRate(0.05).momentum(0.9).globalClipNorm(0.5).build();
      default -> Sgd.builder().learningRate(0.01).momentum(0.5).globalClipNorm(1).build();
    };
  }

  /** How many samples go together in a fit: two batches and a rest, where there are as many. */
  int fitBatch() {
    return Math.ceilDiv(2 * batch, 5);
  }

  int epochs() {
    return kind == SeededKind.WIDE || kind == SeededKind.FEW_ROWS ? 1 : 2;
  }

  long fitSeed() {
    return draw("fit").seed();
  }

  /** (batch, timesteps, features), (batch, features), or (batch, timesteps) of ids. */
  Tensor input() {
    Draw draw = draw("input");
    if (layers.getFirst() instanceof Embedding embedding) {
      int[] ids = new int[batch * timesteps];
      for (int i = 0; i < ids.length; i++) {
        int id = draw.between(-5, VOCABULARY - 1);
        ids[i] = Math.max(embedding.maskZero() ? 0 : 1, id); // much of it padding
      }
      return Tensor.ofInts(ids, batch, timesteps);
    }
    if (kind.takesRows()) {
      return draw.tensor(kind.bound(), batch, features);
    }
    Tensor x = draw.tensor(kind.bound(), batch, timesteps, features);
    if (layers.getFirst() instanceof Masking masking) {
      for (int i = 0; i < batch * timesteps; i++) {
        if (draw.between(1, 3) == 1) {
          x.select(0, i / timesteps).select(0, i % timesteps).fill(masking.value());
        }
      }
    }
    return x;
  }

  /** Padding at the end, at the start or anywhere; then one sample is nothing else. */
  @Nullable Mask mask() {
    if (!kind.isMasked(variant)) {
      return null;
    }
    Draw draw = draw("mask");
    int[] lengths = new int[batch];
    for (int sample = 0; sample < batch; sample++) {
      lengths[sample] = draw.between(1, timesteps);
    }
    return switch (variant) {
      case 0, 1 -> Mask.ofLengths(timesteps, lengths);
      case 2 -> Mask.ofLengthsAtEnd(timesteps, lengths);
      default -> {
        Tensor any = Tensor.zeros(batch, timesteps);
        for (int i = 0; i < (batch - 1) * timesteps; i++) {
          any.set(draw.between(0, 1), i / timesteps, i % timesteps);
        }
        yield Mask.of(any);
      }
    };
  }

  /** Targets for a prediction of a shape; probabilities where the loss wants them. */
  Tensor target(Shape shape) {
    Tensor y = draw("target").tensor(1, shape.toArray());
    Loss loss = kind.loss(variant);
    if (loss.equals(Loss.BINARY_CROSSENTROPY) || loss.equals(Loss.CATEGORICAL_CROSSENTROPY)) {
      float[] values = y.toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.abs(values[i]);
      }
      return Tensor.of(values, shape.toArray());
    }
    return y;
  }

  /** For whoever looks for what differs. */
  @Override
  public String toString() {
    return Sequential.of(layers) + " on " + input().shape();
  }
}
