package dev.lanewise.examples.kafka;

import dev.lanewise.lstm.Predictor;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Makes a {@link Scorer} for each task, and the store that it keeps states in. */
final class Scoring implements FixedKeyProcessorSupplier<String, Float, Float> {
  private final Predictor predictor;

  Scoring(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public Scorer get() {
    return new Scorer(predictor);
  }

  /**
   * One store, on disk. Kafka keeps a copy in a changelog topic, from which another machine goes
   * on.
   */
  // guide: store
  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Scorer.STATES), Serdes.String(), Serdes.ByteArray()));
  }
  // guide: end
}
