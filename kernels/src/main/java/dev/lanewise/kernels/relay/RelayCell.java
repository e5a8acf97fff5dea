package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.SgemmKernel;

/**
 * Steps of a recurrent layer, whose recurrent weights a product has packed.
 *
 * @param <K> the contract
 */
abstract class RelayCell<K> extends Relay<K> {

  /** Of the nonlinearities and the states, or of their gradients, a vector of units. */
  private static final int OPERATIONS = 40;

  private final SgemmKernel product;

  RelayCell(K first, K last, SgemmKernel product) {
    super(first, last);
    this.product = product;
  }

  /** What packs its weights. */
  final SgemmKernel product() {
    return product;
  }

  @Override
  final long small(boolean gradient, int rows, int k, int units, int blocks) {
    int few = RehearsalShape.columns(rows, units, product.lanes());
    return RehearsalShape.key(gradient, RehearsalShape.rows(rows, blocks), few, few, blocks);
  }

  @Override
  final long operations(RehearsalShape shape) {
    int vectors = shape.rows() * Math.ceilDiv(shape.units(), product.lanes());
    int products = !shape.gradient() ? shape.k() * shape.blocks() : 0;
    return (long) vectors * (products + OPERATIONS);
  }
}
