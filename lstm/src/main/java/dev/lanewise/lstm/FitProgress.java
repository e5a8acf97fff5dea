package dev.lanewise.lstm;

/** A {@link Model#fit} under way, as its {@link Callback}s see it. For the fit's own thread. */
public interface FitProgress {

  /**
   * The model that is trained.
   *
   * @return the model, its weights as they are now. Only {@link Callback#onEpoch} and {@link
   *     Callback#onEnd} may change them
   */
  Model model();

  /**
   * How many epochs are over, those before the fit included.
   *
   * @return 0 or more
   */
  int epochs();

  /**
   * How many updates were made since the model was compiled.
   *
   * @return 0 or more
   */
  long updates();

  /**
   * The factor of the next update: the optimizer's, times what {@link #scaleLearningRate} made of
   * it.
   *
   * @return above 0
   */
  double learningRate();

  /**
   * Scales the learning rate from now on; the optimizer's moments stay.
   *
   * @param factor above 0 and finite
   * @throws IllegalArgumentException when it is not
   */
  void scaleLearningRate(double factor);

  /** Ends the fit: from {@link Callback#onBatch} after this batch, else after this epoch. */
  void stop();

  /**
   * All that a fit needs to go on from the end of the last epoch to the same bits, beside the
   * model's weights.
   *
   * @return a copy
   */
  TrainingState state();
}
