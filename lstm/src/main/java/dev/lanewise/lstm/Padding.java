package dev.lanewise.lstm;

/** Which end of a sequence {@link Sequences#pad(java.util.List, PadOptions)} works at. */
public enum Padding {
  /** Before the first step: Keras's {@code "pre"}. */
  PRE,
  /** After the last step: Keras's {@code "post"}. */
  POST
}
