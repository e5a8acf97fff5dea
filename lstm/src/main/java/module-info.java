/** Layers, prediction, streaming and training of LSTM networks, and forecasters of tables. */
module dev.lanewise.lstm {
  requires transitive dev.lanewise.tensor;
  requires transitive dev.lanewise.kernels;
  requires static org.jspecify;

  exports dev.lanewise.lstm;
  exports dev.lanewise.lstm.data;
}
