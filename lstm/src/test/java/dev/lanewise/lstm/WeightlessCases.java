package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import java.util.ArrayList;
import java.util.List;

/** The cases of {@link LayerGradientTest} of poolings and of functions of each element. */
final class WeightlessCases {
  private final List<LayerGradientTest.Case> cases = new ArrayList<>();

  private WeightlessCases() {}

  static List<LayerGradientTest.Case> all() {
    WeightlessCases all = new WeightlessCases();
    all.poolings();
    all.globalPoolings();
    all.functions();
    all.slices();
    return all.cases;
  }

  /** Moves a sample of zeros away from where steps are equal and functions have a kink. */
  private static List<Layer> moved(Layer... layers) {
    List<Layer> all = new ArrayList<>();
    all.add(Normalization.of(new float[] {0.3f, -0.2f, 0.7f}, new float[] {1, 1.5f, 2}));
    all.addAll(List.of(layers));
    return all;
  }

  private void of(String name, Layer... layers) {
    cases.add(new LayerGradientTest.Case(name, Loss.MEAN_SQUARED_ERROR, false, moved(layers)));
  }

  private void masked(String name, Layer... layers) {
    cases.add(
        new LayerGradientTest.Case(
            name + ", masked", Loss.MEAN_SQUARED_ERROR, true, moved(layers)));
  }

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  private void poolings() {
    for (Pooling1d.Padding padding : Pooling1d.Padding.values()) {
      for (int size = 1; size <= 4; size++) {
        for (int strides = 1; strides <= 3; strides++) {
          MaxPooling1d max = MaxPooling1d.builder(size).strides(strides).padding(padding).build();
          AveragePooling1d average =
              AveragePooling1d.builder(size).strides(strides).padding(padding).build();
          of(max + "", every(4), max, Dense.of(2));
          of(average + "", every(4), average, Lstm.of(2));
        }
      }
    }
    masked("max pooling", every(4), MaxPooling1d.of(2), every(3));
    masked("average pooling", every(4), AveragePooling1d.of(2), Lstm.of(3));
    of("wide poolings", Dense.of(37), MaxPooling1d.of(2), AveragePooling1d.of(3), Dense.of(2));
  }

  private void globalPoolings() {
    for (Layer pooling : List.of(GlobalMaxPooling1d.of(), GlobalAveragePooling1d.of())) {
      of(pooling + "", every(4), pooling, Dense.of(2));
      of(pooling + " of a wide layer", Dense.of(37), pooling, Dense.of(2));
      masked(pooling + "", every(4), pooling, Dense.of(2));
      List<Layer> marks = List.of(Masking.of(0), every(4), pooling, Dense.of(2));
      String name = pooling + " after a masking";
      cases.add(new LayerGradientTest.Case(name, Loss.MEAN_SQUARED_ERROR, false, marks));
      of(pooling + " before steps", Dense.of(4), pooling, RepeatVector.of(3), every(2));
    }
    masked("mean of rows", Dense.of(4), GlobalAveragePooling1d.of(), Dense.of(2));
  }

  private void slices() {
    for (FeatureSlice slice :
        List.of(FeatureSlice.of(0, 5), FeatureSlice.of(0, 2), FeatureSlice.of(4, 1))) {
      of(slice + "", Dense.of(5), slice, Dense.of(2));
      masked(slice + "", every(5), slice, Lstm.of(2));
      of(slice + " of rows", Lstm.of(5), slice, Dense.of(2));
    }
    of("a slice of many", Dense.of(37), FeatureSlice.of(3, 33), Dense.of(2));
  }

  private void functions() {
    for (Activation activation : Activation.values()) {
      Layer layer = ActivationLayer.of(activation);
      if (activation != Activation.GELU) { // no erf in the JDK
        of(layer + "", Dense.of(5), layer, Dense.of(2));
      }
    }
    Relu all = Relu.builder().maxValue(0.3f).negativeSlope(0.25f).threshold(0.1f).build();
    for (Layer layer : List.of(Relu.of(), Relu.leaky(0.3f), all, Elu.of(1), Elu.of(0.4f))) {
      of(layer + "", Dense.of(5), layer, Dense.of(2));
      masked(layer + "", every(4), layer, Lstm.of(2));
    }
    Layer sigmoid = ActivationLayer.of(Activation.SIGMOID);
    Loss loss = Loss.BINARY_CROSSENTROPY;
    cases.add(
        new LayerGradientTest.Case("fused sigmoid", loss, false, List.of(Lstm.of(4), sigmoid)));
  }
}
