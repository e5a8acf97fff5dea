/** Layers models of TensorFlow.js: their JSON, and the weights in files beside it. */
@NullMarked
package dev.lanewise.formats.tfjs;

import org.jspecify.annotations.NullMarked;
