/**
 * Numbers in, numbers out: matrix products, LSTM cells, activations and optimiser updates. Each is
 * a plain scalar loop and a vector loop behind one contract. Knows no tensor.
 *
 * <p>The only module that sees the Vector API. On the module path {@code jdk.incubator.vector}
 * resolves by itself. On the class path it takes {@code --add-modules jdk.incubator.vector};
 * without that the scalar kernels run.
 */
module dev.lanewise.kernels {
  // Not "requires static": that would leave the module unresolved on the module path too.
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.lanewise.kernels;
}
