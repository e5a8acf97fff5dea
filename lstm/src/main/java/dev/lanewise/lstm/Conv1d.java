package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ChannelsFirstForward;
import dev.lanewise.lstm.run.Conv1dForward;
import dev.lanewise.lstm.run.ConvolutionSteps;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.ChannelsFirstTraining;
import dev.lanewise.lstm.train.Conv1dTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution over time, as Keras's {@code Conv1D} and PyTorch's {@code Conv1d} compute it:
 *
 * <pre>y_t = a(b + sum over k of x_{t * stride + k * dilation - before} K_k)</pre>
 *
 * with kernel K (kernelSize, channels, filters), bias b (filters), and x 0 outside the sequence.
 *
 * <p>Input (batch, timesteps, channels), output (batch, outputs, filters); with {@link
 * Channels#FIRST}, PyTorch's layout, (batch, channels, timesteps) and (batch, filters, outputs). A
 * mask ends here. Immutable.
 */
public final class Conv1d extends Layer {
  static final LayerType TYPE =
      new Declaration<>(Conv1d.class, () -> new Builder(1, 1), Builder::build)
          .size("filters", Conv1d::filters, Builder::filters)
          .size("kernelSize", Conv1d::kernelSize, Builder::kernelSize)
          .whole("strides", 1, Conv1d::strides, Builder::strides)
          .whole("dilation", 1, Conv1d::dilation, Builder::dilation)
          .constant("padding", Padding.class, Conv1d::padding, Builder::padding)
          .constant("channels", Channels.class, Conv1d::channels, Builder::channels)
          .constant("activation", Activation.class, Conv1d::activation, Builder::activation)
          .truth("useBias", Conv1d::useBias, Builder::useBias)
          .leftOut()
          .forTraining()
          .truth("trainable", Conv1d::trainable, Builder::trainable)
          .regularizer("kernelRegularizer", Conv1d::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer("biasRegularizer", Conv1d::biasRegularizer, Builder::biasRegularizer)
          .type();

  /** What stands before and after the sequence. */
  public enum Padding {
    /** Nothing: as many outputs as whole kernels fit. */
    VALID,
    /** Zeros on both sides, the odd one after: as many outputs as there are strides. */
    SAME,
    /** Zeros before it only, so that an output sees no step after its own. */
    CAUSAL
  }

  /** Which axis the channels are. */
  public enum Channels {
    /** (batch, timesteps, channels): Keras's default, and what an {@link Lstm} gives. */
    LAST,
    /** (batch, channels, timesteps): PyTorch's layout. */
    FIRST
  }

  private final int filters;
  private final int kernelSize;
  private final int strides;
  private final int dilation;
  private final Padding padding;
  private final Channels channels;
  private final Activation activation;
  private final boolean useBias;
  private final boolean trainable;
  private final Regularizer kernelRegularizer;
  private final Regularizer biasRegularizer;

  private Conv1d(String name, Builder from) {
    super(name);
    this.filters = from.filters;
    this.kernelSize = from.kernelSize;
    this.strides = from.strides;
    this.dilation = from.dilation;
    this.padding = from.padding;
    this.channels = from.channels;
    this.activation = from.activation;
    this.useBias = from.useBias;
    this.trainable = from.trainable;
    this.kernelRegularizer = from.kernelRegularizer;
    this.biasRegularizer = from.biasRegularizer;
  }

  /**
   * A layer with Keras's defaults: stride 1, no padding, channels last, linear, a bias.
   *
   * @param filters channels of the output, 1 or more
   * @param kernelSize steps that an output sees, 1 or more
   * @return the layer
   * @throws IllegalArgumentException when a size is less than 1
   */
  public static Conv1d of(int filters, int kernelSize) {
    return builder(filters, kernelSize).build();
  }

  /**
   * A builder that begins with Keras's defaults.
   *
   * @param filters channels of the output, 1 or more
   * @param kernelSize steps that an output sees, 1 or more
   * @return the builder
   * @throws IllegalArgumentException when a size is less than 1
   */
  public static Builder builder(int filters, int kernelSize) {
    return new Builder(filters, kernelSize);
  }

  @Override
  public Conv1d named(String name) {
    return new Conv1d(name, toBuilder());
  }

  /**
   * Channels of the output.
   *
   * @return 1 or more
   */
  public int filters() {
    return filters;
  }

  /**
   * Steps that an output sees.
   *
   * @return 1 or more
   */
  public int kernelSize() {
    return kernelSize;
  }

  /**
   * How far the kernel moves from output to output.
   *
   * @return 1 unless set
   */
  public int strides() {
    return strides;
  }

  /**
   * How far apart the steps are that an output sees.
   *
   * @return 1 unless set
   */
  public int dilation() {
    return dilation;
  }

  /**
   * What stands before and after the sequence.
   *
   * @return {@link Padding#VALID} unless set
   */
  public Padding padding() {
    return padding;
  }

  /**
   * Which axis the channels are.
   *
   * @return {@link Channels#LAST} unless set
   */
  public Channels channels() {
    return channels;
  }

  /**
   * The activation a.
   *
   * @return {@link Activation#LINEAR} unless set
   */
  public Activation activation() {
    return activation;
  }

  /**
   * Whether there is a bias.
   *
   * @return true unless set
   */
  public boolean useBias() {
    return useBias;
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public Conv1d trainable(boolean value) {
    return toBuilder().trainable(value).build();
  }

  /**
   * What the kernel adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer kernelRegularizer() {
    return kernelRegularizer;
  }

  /**
   * What the bias adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer biasRegularizer() {
    return biasRegularizer;
  }

  @Override
  Regularizer regularizer(String weight) {
    return switch (weight) {
      case WeightSpec.KERNEL -> kernelRegularizer;
      case WeightSpec.BIAS -> biasRegularizer;
      default -> Regularizer.NONE;
    };
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder(filters, kernelSize)
        .strides(strides)
        .dilation(dilation)
        .padding(padding)
        .channels(channels)
        .activation(activation)
        .useBias(useBias)
        .trainable(trainable)
        .kernelRegularizer(kernelRegularizer)
        .biasRegularizer(biasRegularizer)
        .name(name());
  }

  boolean channelsFirst() {
    return channels == Channels.FIRST;
  }

  private ConvolutionSteps steps() {
    ConvolutionSteps.Ends ends =
        switch (padding) {
          case VALID -> ConvolutionSteps.Ends.NONE;
          case SAME -> ConvolutionSteps.Ends.BOTH;
          case CAUSAL -> ConvolutionSteps.Ends.START;
        };
    return new ConvolutionSteps(kernelSize, strides, dilation, ends);
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  boolean fixesTime() {
    return channelsFirst();
  }

  @Override
  boolean lastAxisIsTime() {
    return channelsFirst();
  }

  @Override
  int stepsAfter(int steps) {
    int outputs = steps().outputs(steps);
    if (outputs < 1) {
      throw LayerErrors.convolutionTooShort(this, steps, steps().span());
    }
    return outputs;
  }

  @Override
  long stepsBefore(long steps) {
    return channelsFirst() ? steps : (steps - 1) * strides + steps().span();
  }

  @Override
  boolean passesMask() {
    return false;
  }

  @Override
  public boolean streams() {
    return false;
  }

  @Override
  Axes output(Axes in) {
    int length = channelsFirst() ? in.width() : in.steps();
    int outputs = length == Axes.ANY ? Axes.ANY : stepsAfter(length);
    return channelsFirst() ? new Axes(filters, outputs) : new Axes(outputs, filters);
  }

  /** Channels of an input. */
  private int channelsOf(Axes in) {
    return channelsFirst() ? in.steps() : in.width();
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int from = channelsOf(in);
    List<WeightSpec> specs = new ArrayList<>();
    long fanIn = (long) kernelSize * from;
    long fanOut = (long) kernelSize * filters;
    Shape kernel = Shape.of(kernelSize, from, filters);
    specs.add(WeightSpec.trained(WeightSpec.KERNEL, kernel, new GlorotUniform(fanIn, fanOut)));
    if (useBias) {
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(filters), Initializer.ZEROS));
    }
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    ForwardLayer inner = new Conv1dForward(steps(), channelsOf(in), filters, activation, weights);
    return channelsFirst() ? new ChannelsFirstForward(in, output(in), inner) : inner;
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return channelsFirst()
        ? new ChannelsFirstTraining(steps(), filters, activation, place)
        : new Conv1dTraining(steps(), filters, activation, place);
  }

  /** Collects the settings of a {@link Conv1d}. Not thread-safe. */
  public static final class Builder {
    private int filters;
    private int kernelSize;
    private String name = "";
    private int strides = 1;
    private int dilation = 1;
    private Padding padding = Padding.VALID;
    private Channels channels = Channels.LAST;
    private Activation activation = Activation.LINEAR;
    private boolean useBias = true;
    private boolean trainable = true;
    private Regularizer kernelRegularizer = Regularizer.NONE;
    private Regularizer biasRegularizer = Regularizer.NONE;

    private Builder(int filters, int kernelSize) {
      filters(filters).kernelSize(kernelSize);
    }

    private Builder filters(int value) {
      this.filters = Settings.atLeast("Conv1d", "filters", value, 1);
      return this;
    }

    private Builder kernelSize(int value) {
      this.kernelSize = Settings.atLeast("Conv1d", "kernelSize", value, 1);
      return this;
    }

    /**
     * Sets how far the kernel moves from output to output.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder strides(int value) {
      this.strides = Settings.atLeast("Conv1d", "strides", value, 1);
      return this;
    }

    /**
     * Sets how far apart the steps are that an output sees.
     *
     * @param value 1 for neighbours, or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public Builder dilation(int value) {
      this.dilation = Settings.atLeast("Conv1d", "dilation", value, 1);
      return this;
    }

    /**
     * Sets what stands before and after the sequence.
     *
     * @param value the padding
     * @return this
     */
    public Builder padding(Padding value) {
      this.padding = value;
      return this;
    }

    /**
     * Sets which axis the channels are.
     *
     * @param value the axis, of input and output
     * @return this
     */
    public Builder channels(Channels value) {
      this.channels = value;
      return this;
    }

    /**
     * Sets the activation a.
     *
     * @param value the activation
     * @return this
     */
    public Builder activation(Activation value) {
      this.activation = value;
      return this;
    }

    /**
     * Sets whether there is a bias.
     *
     * @param value whether
     * @return this
     */
    public Builder useBias(boolean value) {
      this.useBias = value;
      return this;
    }

    /**
     * Sets whether {@link Sequential#fit} changes the weights.
     *
     * @param value whether
     * @return this
     */
    public Builder trainable(boolean value) {
      this.trainable = value;
      return this;
    }

    /**
     * Sets what the kernel adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public Builder kernelRegularizer(Regularizer value) {
      this.kernelRegularizer = value;
      return this;
    }

    /**
     * Sets what the bias adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public Builder biasRegularizer(Regularizer value) {
      this.biasRegularizer = value;
      return this;
    }

    /**
     * Sets the name.
     *
     * @param value the name; empty to have one given by {@link Sequential}
     * @return this
     */
    public Builder name(String value) {
      this.name = value;
      return this;
    }

    /**
     * The layer.
     *
     * @return a new layer
     */
    public Conv1d build() {
      return new Conv1d(name, this);
    }
  }
}
