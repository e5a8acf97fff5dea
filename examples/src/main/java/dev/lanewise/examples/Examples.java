package dev.lanewise.examples;

import java.util.List;

/** The programs of this package, from a bare table to what an LSTM gives. */
public final class Examples {
  private static final List<Example> ALL =
      List.of(
          new Example(
              "SeriesInColumns",
              "A table with a time series in each column, (10, 5)",
              SeriesInColumns::main),
          new Example(
              "ImagesInColumns",
              "A table with an image in each column, (784, 5)",
              ImagesInColumns::main),
          new Example(
              "RowsAsTimesteps",
              "A table whose rows are the steps of one sequence, (10, 20)",
              RowsAsTimesteps::main),
          new Example("OneSequence", "Ten numbers, one after the other", OneSequence::main),
          new Example(
              "BatchOfSequences",
              "Three tables of one size as a batch, (3, 20, 2)",
              BatchOfSequences::main),
          new Example(
              "UnequalLengths",
              "Sequences of 15, 10 and 12 steps: pad, and mask the padding",
              UnequalLengths::main),
          new Example(
              "AddedFeature",
              "A second feature beside the first, then training",
              AddedFeature::main),
          new Example(
              "TrainOnPaddedSequences",
              "Training on sequences of unequal length",
              TrainOnPaddedSequences::main),
          new Example(
              "KerasModel",
              "A model that Keras saved, on sequences of 20 and of 15 steps",
              KerasModel::main),
          new Example(
              "SineForecast", "A long series cut into windows, to forecast it", SineForecast::main),
          new Example(
              "GruForecast",
              "A GRU in the place of an LSTM: trained, saved, loaded, the same bits",
              GruForecast::main),
          new Example(
              "Sentiment", "Sentences as token ids, with given word vectors", Sentiment::main),
          new Example(
              "AllFeaturesOfTheNextStep",
              "Nine steps in, all features of the tenth out",
              AllFeaturesOfTheNextStep::main),
          new Example(
              "LastHiddenState",
              "The last step of each sequence out of all its steps",
              LastHiddenState::main),
          new Example(
              "FlattenedSequence", "All steps as one long row, (32, 640)", FlattenedSequence::main),
          new Example(
              "ConvolutionAfterLstm",
              "A convolution over the steps that an LSTM gives",
              ConvolutionAfterLstm::main),
          new Example(
              "TwoInputs",
              "Sensors and the fixed facts of a site: a model of two inputs",
              TwoInputs::main),
          new Example(
              "SkipConnection",
              "Paths around two LSTMs, two outputs with their own losses, and a stream",
              SkipConnection::main),
          new Example(
              "EncoderDecoder",
              "Sequence to sequence: a decoder begins where an encoder ended",
              EncoderDecoder::main),
          new Example(
              "Weather",
              "Tomorrow's temperature out of a month of weather, stopped in time",
              Weather::main),
          new Example(
              "Reviews",
              "Praise or blame: what is in the order of words, read in both directions",
              Reviews::main),
          new Example("Tagging", "A label a step: the part of speech of each word", Tagging::main),
          new Example(
              "Anomalies",
              "An autoencoder that has seen healthy heartbeats alone",
              Anomalies::main));

  private Examples() {}

  /**
   * The programs, in the order of the guides: that of shapes, that of models, then the tutorials.
   *
   * @return twenty-three of them; unmodifiable
   */
  public static List<Example> all() {
    return ALL;
  }
}
