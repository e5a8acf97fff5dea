package dev.lanewise.examples.kafka;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Takes a step of a key's sequence for each reading. One thread, as each task of Kafka has. */
final class Scorer extends ContextualFixedKeyProcessor<String, Float, Float> {
  static final String STATES = "states";

  // guide: scorer
  private final Predictor predictor; // one for all tasks
  private final Stream stream; // one a task, for whichever key is next
  private final Tensor x = Tensor.zeros(1, 1);
  private final Tensor y = Tensor.zeros(1, 1);

  Scorer(Predictor predictor) {
    this.predictor = predictor;
    this.stream = predictor.stream(1);
  }

  @Override
  public void process(FixedKeyRecord<String, Float> reading) {
    KeyValueStore<String, byte[]> states = context().getStateStore(STATES);
    if (reading.value() == null) { // the sequence is over
      states.delete(reading.key());
      return;
    }
    byte[] kept = states.get(reading.key());
    if (kept == null) {
      stream.reset();
    } else {
      stream.restore(predictor.readState(kept));
    }
    x.set(reading.value(), 0, 0);
    stream.step(x, y);
    states.put(reading.key(), stream.save().toBytes());
    context().forward(reading.withValue(y.get(0, 0)));
  }
  // guide: end
}
