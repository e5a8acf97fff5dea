/** Reads models of Keras, PyTorch and ONNX, arrays and tables; writes the native format. */
module dev.lanewise.formats {
  requires transitive dev.lanewise.lstm;
  requires de.siegmar.fastcsv;
  requires tools.jackson.core;
  requires static org.jspecify;

  exports dev.lanewise.formats;
}
