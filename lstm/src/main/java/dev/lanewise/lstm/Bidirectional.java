package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.BidirectionalForward;
import dev.lanewise.lstm.recurrent.BidirectionalTraining;
import dev.lanewise.lstm.recurrent.Merging;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.ArrayList;
import java.util.List;

/**
 * Two recurrent layers over one sequence, from its first step to its last and back (Schuster and
 * Paliwal, 1997). Their outputs are put together: Keras's {@code Bidirectional}.
 *
 * <p>Input (batch, timesteps, features). Output (batch, width) of the steps that each saw last, or
 * (batch, timesteps, width) in the order of time with {@link Recurrent#returnSequences()}. The
 * width is twice that of the layer for {@link Merge#CONCAT}, the forward one first, else that of
 * the layer. So the last timestep of a sequence of outputs holds the backward layer's first step,
 * not its last.
 *
 * <p>With a mask a padded step gives 0 in a sequence of outputs, as in Keras. Immutable.
 */
public final class Bidirectional extends Layer {
  static final LayerType TYPE =
      Declaration.of(Bidirectional.class, () -> of(Lstm.of(1)))
          .constant("merge", Merge.class, Bidirectional::merge, (both, v) -> of(both.layer, v))
          .inner("layer", RecurrentTypes.ALL, Bidirectional::layer, (both, v) -> of(v, both.merge))
          .type();

  /** How the two outputs become one. */
  public enum Merge {
    /** Side by side, the forward one first. */
    CONCAT,
    /** Element by element, {@code f + b}. */
    SUM,
    /** Element by element, {@code f * b}. */
    MULTIPLY,
    /** Element by element, {@code (f + b) / 2}. */
    AVERAGE
  }

  private final Recurrent layer;
  private final Merge merge;

  private Bidirectional(String name, Recurrent layer, Merge merge) {
    super(name);
    this.layer = layer;
    this.merge = merge;
  }

  /**
   * Two layers alike, side by side.
   *
   * @param layer the forward one; the backward one has the same settings and weights of its own
   * @return the layer
   * @throws IllegalArgumentException when the layer goes backwards itself
   */
  public static Bidirectional of(Recurrent layer) {
    return of(layer, Merge.CONCAT);
  }

  /**
   * Two layers alike.
   *
   * @param layer the forward one; the backward one has the same settings and weights of its own
   * @param merge how their outputs become one
   * @return the layer
   * @throws IllegalArgumentException when the layer goes backwards itself
   */
  public static Bidirectional of(Recurrent layer, Merge merge) {
    if (layer.goBackwards()) {
      throw LayerErrors.bidirectionalBackwards(layer);
    }
    // Keras forces this: a step that one direction skips would otherwise repeat another's output.
    Recurrent inner = layer.toBuilder().zeroOutputForMask(layer.returnSequences()).build();
    return new Bidirectional("", inner, merge);
  }

  @Override
  public Bidirectional named(String name) {
    return new Bidirectional(name, layer, merge);
  }

  /**
   * The forward layer.
   *
   * @return the layer
   */
  public Recurrent layer() {
    return layer;
  }

  /**
   * How the two outputs become one.
   *
   * @return {@link Merge#CONCAT} unless set
   */
  public Merge merge() {
    return merge;
  }

  /**
   * Calls it on a value in a {@link Model}, with the two outputs apart: Keras's {@code
   * merge_mode=None}. For the states too, {@link FeatureSlice}s take what {@link #applyWithState}
   * gives apart.
   *
   * @param in what it reads
   * @return what each direction gives, in the order of time
   * @throws IllegalArgumentException when it does not take such a value, or merges other than by
   *     {@link Merge#CONCAT}
   */
  public BothDirections applyBoth(Value in) {
    if (merge != Merge.CONCAT) {
      throw LayerErrors.notApart(this);
    }
    Value both = apply(in);
    int units = layer.outputs();
    return new BothDirections(
        FeatureSlice.of(0, units).apply(both), FeatureSlice.of(units, units).apply(both));
  }

  @Override
  public boolean trainable() {
    return layer.trainable();
  }

  @Override
  public Bidirectional trainable(boolean value) {
    return new Bidirectional(name(), layer.toBuilder().trainable(value).build(), merge);
  }

  @Override
  Regularizer regularizer(String weight) {
    return layer.regularizer(weight.substring(weight.indexOf('/') + 1));
  }

  /** The backward layer. */
  Recurrent backward() {
    return layer.toBuilder().goBackwards(true).build();
  }

  private Merging merging() {
    Merging.How how =
        switch (merge) {
          case CONCAT -> Merging.How.CONCAT;
          case SUM -> Merging.How.SUM;
          case MULTIPLY -> Merging.How.MULTIPLY;
          case AVERAGE -> Merging.How.AVERAGE;
        };
    return new Merging(how, layer.outputs());
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  public boolean givesTime(boolean time) {
    return layer.givesTime(time);
  }

  @Override
  public List<Integer> stateUnits() {
    return twice(layer.stateUnits());
  }

  @Override
  public List<Integer> cellUnits() {
    return twice(layer.cellUnits());
  }

  private static List<Integer> twice(List<Integer> units) {
    List<Integer> both = new ArrayList<>(units);
    both.addAll(units);
    return both;
  }

  @Override
  String withoutTime() {
    return LstmErrors.givesLastStepOfBoth();
  }

  @Override
  boolean readsMask() {
    return true;
  }

  @Override
  boolean passesMask() {
    return layer.returnSequences();
  }

  @Override
  public boolean streams() {
    return false;
  }

  @Override
  Axes output(Axes in) {
    return layer.output(in).withWidth(merging().width());
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    List<WeightSpec> specs = new ArrayList<>();
    layer.weights(in).forEach(spec -> specs.add(spec.under(WeightSpec.FORWARD)));
    layer.weights(in).forEach(spec -> specs.add(spec.under(WeightSpec.BACKWARD)));
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new BidirectionalForward(
        layer.forward(in, weights.under(WeightSpec.FORWARD)),
        backward().forward(in, weights.under(WeightSpec.BACKWARD)),
        merging(),
        layer.returnSequences());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new BidirectionalTraining(
        layer::training, backward()::training, merging(), layer.returnSequences(), place);
  }
}
