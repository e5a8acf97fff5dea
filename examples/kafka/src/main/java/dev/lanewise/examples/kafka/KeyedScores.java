package dev.lanewise.examples.kafka;

import dev.lanewise.lstm.Predictor;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Scores readings as they come, a sequence for each key: what comes out is what a prediction of the
 * whole sequence gives, bit for bit, over restarts too.
 *
 * <p>A reading without a value ends the sequence of its key.
 */
public final class KeyedScores {
  /** The topic of the readings: key, then a float32. */
  public static final String READINGS = "readings";

  /** The topic of the scores: key, then a float32. */
  public static final String SCORES = "scores";

  private KeyedScores() {}

  /**
   * From {@link #READINGS} to {@link #SCORES}.
   *
   * @param predictor of a model that takes one feature and gives one number; all tasks share it
   * @return a new topology
   */
  public static Topology topology(Predictor predictor) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(READINGS, Consumed.with(Serdes.String(), Serdes.Float()))
        .processValues(new Scoring(predictor))
        .to(SCORES, Produced.with(Serdes.String(), Serdes.Float()));
    return builder.build();
  }
}
