/** Reads models of Keras, PyTorch and ONNX, arrays and tables; writes the native format. */
module dev.lanewise.formats {
  requires transitive dev.lanewise.lstm;
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  // What io.jhdf, an automatic module, needs at run time.
  requires com.ning.compress.lzf;
  requires org.apache.commons.lang3;
  requires org.slf4j;
  requires tools.jackson.core;
  requires static org.jspecify;

  exports dev.lanewise.formats;
}
