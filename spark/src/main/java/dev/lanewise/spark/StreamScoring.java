package dev.lanewise.spark;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Stream;
import dev.lanewise.spark.ScoringPlan.OnInvalid;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.mutable.ArraySeq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Takes the steps of each row where those of the row before of its key ended. What the model
 * remembers of a key is kept in Spark's state store, as bytes that know their model.
 */
final class StreamScoring extends StatefulProcessor<String, Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final long NANOS = 1_000_000_000;

  private final ScoringPlan plan;
  private final Broadcast<byte[]> model;
  private final int order;
  private final boolean timed;

  private transient @Nullable ValueState<byte[]> states;
  private transient @Nullable Steps steps;

  /**
   * Of one task.
   *
   * @param order where the column is in a row that says which comes first
   * @param timed whether the model gives a row a step, and not the last one alone
   */
  StreamScoring(ScoringPlan plan, Broadcast<byte[]> model, int order, boolean timed) {
    this.plan = plan;
    this.model = model;
    this.order = order;
    this.timed = timed;
  }

  /** The stream of a task, which takes the steps of whichever key is next. */
  private record Steps(Predictor predictor, Stream stream, Tensor x, Tensor y) {
    static Steps of(Predictor predictor, int width) {
      long units = predictor.outputShape(Shape.of(1, 1, width)).dim(-1);
      return new Steps(
          predictor, predictor.stream(1), Tensor.zeros(1, width), Tensor.zeros(1, units));
    }

    /** What the model gives after each step. */
    List<Object> take(InputColumn.Sequence sequence, int width) {
      float[] step = new float[width];
      List<Object> given = new ArrayList<>();
      for (int i = 0; i < sequence.steps(); i++) {
        sequence.copyStep(i, step);
        x.copyFrom(Tensor.of(step, 1, width));
        stream.step(x, y);
        given.add(new ArraySeq.ofFloat(y.toArray()));
      }
      return given;
    }
  }

  /** The driver calls it too, where there is no task. */
  @Override
  public void init(OutputMode output, TimeMode time) {
    states = getHandle().getValueState("state", Encoders.BINARY(), TTLConfig.NONE());
  }

  private Steps steps() {
    Steps present = steps;
    if (present == null) {
      TaskContext task = TaskContext.get();
      PredictorCache.Key key = new PredictorCache.Key(plan.hash(), plan.weights(), task.cpus());
      PredictorCache.Lease lease = PredictorCache.lease(key, model::value);
      task.addTaskCompletionListener((TaskCompletionListener) _ -> lease.close());
      present = Steps.of(lease.predictor(), plan.inputs().getFirst().width());
      steps = present;
    }
    return present;
  }

  @Override
  public Iterator<Row> handleInputRows(String key, Iterator<Row> rows, TimerValues timers) {
    List<Row> sorted = new ArrayList<>();
    CollectionConverters.asJava(rows).forEachRemaining(sorted::add);
    sorted.sort(Comparator.comparingLong(this::place));
    ValueState<byte[]> kept = Objects.requireNonNull(states);
    Steps steps = steps();
    if (kept.exists()) {
      steps.stream.restore(steps.predictor.readState(kept.get()));
    } else {
      steps.stream.reset();
    }
    List<Row> predicted = new ArrayList<>();
    for (Row row : sorted) {
      Sample sample = new Sample(row, predicted.size(), plan);
      String problem = sample.problem();
      if (problem == null) {
        List<Object> given = steps.take(sample.input(0), plan.inputs().getFirst().width());
        sample.output(0, timed ? new ArraySeq.ofRef<>(given.toArray()) : given.getLast());
      } else if (plan.onInvalid() == OnInvalid.ERROR) {
        String name =
            plan.id() == null ? "a row whose key is " + key : plan.name(row, 0, predicted.size());
        throw SparkErrors.invalidRow(name, problem);
      }
      if (problem == null || plan.onInvalid() == OnInvalid.KEEP) {
        predicted.add(sample.predicted());
      }
    }
    kept.update(steps.stream.save().toBytes());
    return CollectionConverters.asScala(predicted.iterator());
  }

  /** What says the order of a row, to compare. */
  private long place(Row row) {
    if (row.isNullAt(order)) {
      throw SparkErrors.noOrder(row.schema().fieldNames()[order]);
    }
    return switch (row.get(order)) {
      case Timestamp time -> nanos(time.toInstant());
      case Instant time -> nanos(time);
      case LocalDateTime time -> nanos(time.toInstant(ZoneOffset.UTC));
      case Date date -> date.getTime();
      case LocalDate date -> date.toEpochDay();
      case Number number -> number.longValue();
      default -> throw SparkErrors.noOrder(row.schema().fieldNames()[order]);
    };
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }
}
