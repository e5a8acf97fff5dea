/**
 * Shapes and tensors: strided float32 views over off-heap memory, and the moves between layouts.
 */
module dev.lanewise.tensor {
  requires static org.jspecify;

  exports dev.lanewise.tensor;
}
