package dev.lanewise.formats;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Softmax;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes a layer as a JSON object that {@link LayerReader} reads. */
final class LayerWriter {
  private final JsonGenerator json;

  LayerWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Layer layer) {
    json.writeStartObject();
    json.writeStringProperty("type", layer.getClass().getSimpleName());
    json.writeStringProperty("name", layer.name());
    switch (layer) {
      case Lstm lstm -> lstm(lstm);
      case Dense dense -> dense(dense);
      case Embedding embedding -> embedding(embedding);
      case Conv1d convolution -> convolution(convolution);
      case Bidirectional both -> {
        json.writeStringProperty("merge", name(both.merge()));
        json.writeName("layer");
        write(both.layer());
      }
      // Of NaN and infinity Jackson writes the name, as a string.
      case Masking masking -> json.writeNumberProperty("value", masking.value());
      case Dropout dropout -> json.writeNumberProperty("rate", dropout.rate());
      case Reshape reshape -> axes("dims", reshape.dims());
      case Permute permute -> axes("axes", permute.axes());
      case Flatten _ -> {} // has no settings
      case Softmax softmax -> {
        if (softmax.axis() != Softmax.Axis.FEATURES) {
          json.writeStringProperty("axis", name(softmax.axis()));
        }
      }
      // The numbers themselves are the weights mean and deviation.
      case Normalization normalization ->
          json.writeBooleanProperty("inverse", normalization.isInverse());
    }
    json.writeEndObject();
  }

  private void lstm(Lstm lstm) {
    json.writeNumberProperty("units", lstm.units());
    json.writeStringProperty("activation", name(lstm.activation()));
    json.writeStringProperty("recurrentActivation", name(lstm.recurrentActivation()));
    json.writeBooleanProperty("useBias", lstm.useBias());
    json.writeBooleanProperty("unitForgetBias", lstm.unitForgetBias());
    json.writeBooleanProperty("returnSequences", lstm.returnSequences());
    json.writeBooleanProperty("goBackwards", lstm.goBackwards());
    json.writeBooleanProperty("zeroOutputForMask", lstm.zeroOutputForMask());
  }

  private void dense(Dense dense) {
    json.writeNumberProperty("units", dense.units());
    json.writeStringProperty("activation", name(dense.activation()));
    json.writeBooleanProperty("useBias", dense.useBias());
  }

  private void embedding(Embedding embedding) {
    json.writeNumberProperty("vocabulary", embedding.vocabulary());
    json.writeNumberProperty("dimension", embedding.dimension());
    json.writeBooleanProperty("maskZero", embedding.maskZero());
    json.writeBooleanProperty("trainable", embedding.trainable());
    json.writeNumberProperty("inputLength", embedding.inputLength());
  }

  private void convolution(Conv1d layer) {
    json.writeNumberProperty("filters", layer.filters());
    json.writeNumberProperty("kernelSize", layer.kernelSize());
    json.writeNumberProperty("strides", layer.strides());
    json.writeNumberProperty("dilation", layer.dilation());
    json.writeStringProperty("padding", name(layer.padding()));
    json.writeStringProperty("channels", name(layer.channels()));
    json.writeStringProperty("activation", name(layer.activation()));
    json.writeBooleanProperty("useBias", layer.useBias());
  }

  private void axes(String name, int[] values) {
    json.writeArrayPropertyStart(name);
    for (int value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  /** A constant as the file spells it. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
