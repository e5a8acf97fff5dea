package dev.lanewise.lstm.train;

import java.util.List;

/**
 * A layer in training. Forward and backward take a range of the batch's rows and touch no other. So
 * threads share the rows out, and each runs all timesteps without waiting for another. Weight
 * gradients are shared out by columns, never by samples: each is one sum in one order.
 *
 * <p>A layer whose forward depends on all rows says so by {@link #needsWholeBatch}. All threads
 * then wait for one another before its forward, and again before its backward.
 */
public interface TrainingLayer extends TrainingBlock {

  /** How many packed copies of weights there are. */
  default int packs() {
    return 0;
  }

  /** Packs one of them from the master weights, after each update. */
  default void pack(int index) {}

  /**
   * One thread, before the forward of a batch.
   *
   * @param update how many batches came before
   */
  default void begin(long update, int batch) {}

  /** Whether a row's forward depends on the other rows. */
  default boolean needsWholeBatch() {
    return false;
  }

  /**
   * Before {@link #forward} of any row, where it needs the whole batch: what that takes of all
   * rows, for a share of the columns. The values below are there for all rows.
   */
  default void combine(int batch, int part, int parts) {}

  /**
   * Before {@link #backward} of any row, where it needs the whole batch: what that takes of all
   * rows, for a share of the columns. The own gradients are there for all rows.
   */
  default void combineGradients(int batch, int part, int parts) {}

  /**
   * One thread, once the gradients of the batch are known to be finite and are learnt from; only
   * where it needs the whole batch. It may change its weights that are not trainable.
   */
  default void accepted() {}

  /**
   * The final states: those after the last real step of each row. A row that is all padding has
   * those that it began from. As {@link TrainingPlace#from} in order and shape; each has gradients
   * of its own, which whoever reads it fills.
   *
   * @return empty where there are none, or the place asks for none
   */
  default List<TrainingBlock> states() {
    return List.of();
  }

  /**
   * From the values below to the own, for {@code rows} rows of the batch from {@code first} on.
   *
   * @param part whose scratch to use: the thread's number
   */
  void forward(int batch, int first, int rows, int part);

  /**
   * From the own gradients to those below, if wanted, after {@link #forward} on the same rows by
   * the same thread. The own gradients, those of {@link #states} too, are there for these rows.
   * Those of {@link TrainingPlace#from} are overwritten, if wanted. The own ones are garbage, or
   * what {@link #weightGradients} needs, afterwards.
   *
   * @param part whose scratch to use: the thread's number
   */
  void backward(int batch, int first, int rows, int part);

  /**
   * The gradients of the weights, a share of their columns; after {@link #backward} on all rows.
   */
  default void weightGradients(int batch, int part, int parts) {}
}
