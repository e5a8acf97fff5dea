/**
 * Reads Keras's models, NumPy's arrays, tables and their times. Reads and writes the native format
 * of models and forecasters. Writes arrays and tables.
 *
 * <p>The only module of the library that has third-party parsers.
 */
module dev.lanewise.formats {
  requires transitive dev.lanewise.lstm;
  requires de.siegmar.fastcsv;
  requires tools.jackson.core;
  requires static org.jspecify;

  exports dev.lanewise.formats;
}
