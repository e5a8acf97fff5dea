package dev.lanewise.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Predicts the rows of a partition, on as many threads as its task has. */
final class Scoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ScoringPlan plan;
  private final Broadcast<byte[]> model;

  Scoring(ScoringPlan plan, Broadcast<byte[]> model) {
    this.plan = plan;
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    TaskContext task = TaskContext.get();
    PredictorCache.Key key = new PredictorCache.Key(plan.hash(), plan.weights(), task.cpus());
    PredictorCache.Lease lease = PredictorCache.lease(key, model::value);
    task.addTaskCompletionListener((TaskCompletionListener) _ -> lease.close());
    return new ScoredRows(plan, new BatchCall(plan, lease.predictor()), rows, task.partitionId());
  }
}
