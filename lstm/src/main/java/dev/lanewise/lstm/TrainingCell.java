package dev.lanewise.lstm;

import java.lang.foreign.MemorySegment;

/**
 * What a recurrent layer computes in one timestep, forward and backward, and in the gradients of
 * its weights. It knows no time, no mask and no direction: {@link RecurrentTraining} walks over
 * them.
 *
 * <p>A row is a sequence. Rows are dense, offsets in elements. Threads may run different rows, and
 * different parts of the weight gradients, at once; {@code part} is the thread's number. Allocates
 * nothing in a step.
 */
interface TrainingCell {

  /** Width of h, and of c. */
  int units();

  /** Whether it has a state c beside h. */
  boolean keepsC();

  /** Elements that a row of {@link CellStates#gates} has. */
  int gates();

  /** As {@link TrainingLayer#packs}. */
  int packs();

  /** As {@link TrainingLayer#pack}. */
  void pack(int index);

  /**
   * What a step needs of its input: for the LSTM {@code b + x W}.
   *
   * @param x (rows, features). Not modified.
   * @param gates (rows, gates). Overwritten.
   */
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate);

  /**
   * One step forward.
   *
   * @param states of which the rows from {@code from} on are h_{t-1} and c_{t-1}. Overwritten in
   *     the rows from {@code gate} on, where {@link #project} was, and those from {@code to} on
   */
  void forward(int part, int rows, CellStates states, long gate, long from, long to);

  /**
   * One step backward, after {@link #forward} with the same places.
   *
   * @param dh gradient with respect to h_t (rows, units), but for what came in {@code carried}
   * @param carried (rows, units): in, what the step after handed back past its products, 0 for the
   *     last; out, the same for the step before. For the LSTM the gradient of c
   */
  void backward(
      int part,
      int rows,
      CellStates states,
      long gate,
      long from,
      long to,
      MemorySegment dh,
      long dhOffset,
      MemorySegment carried,
      long carriedOffset);

  /**
   * The gradient of h_{t-1} through the products of a step: for the LSTM {@code dz U^T}.
   *
   * @param gates (rows, gates) after {@link #backward}. Not modified.
   * @param add whether {@code dh} is added to rather than overwritten
   * @param dh (rows, units)
   */
  void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset);

  /**
   * The gradient of x_t: for the LSTM {@code dz W^T}.
   *
   * @param gates (rows, gates) after {@link #backward}. Not modified.
   * @param dx (rows, features). Overwritten.
   */
  void inputGradient(int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset);

  /**
   * The gradients of the weights from some rows of any steps, one thread's share of their columns.
   *
   * @param first whether they are overwritten rather than added to
   * @param x (rows, features). Not modified.
   * @param h h_{t-1} (rows, units). Not modified.
   * @param gates (rows, gates) after {@link #backward}. Not modified.
   */
  void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment x,
      long xOffset,
      MemorySegment h,
      long hOffset,
      MemorySegment gates,
      long gate);

  /** Gradients of 0, one thread's share of the columns. */
  void clearGradients(int part);
}
