/**
 * Shapes and tensors: strided views of float32 or int32 elements over off-heap memory, and the
 * moves between layouts.
 */
module dev.lanewise.tensor {
  requires dev.lanewise.kernels;
  requires static org.jspecify;

  exports dev.lanewise.tensor;
}
