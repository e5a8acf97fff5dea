package dev.lanewise.spark;

import ai.onnxruntime.OrtException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** What {@link Scoring} does, with ONNX Runtime in place of the predictor. */
final class OnnxScoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ScoringPlan plan;
  private final Broadcast<byte[]> model;
  private final int timesteps;
  private final int units;

  OnnxScoring(ScoringPlan plan, Broadcast<byte[]> model, int timesteps, int units) {
    this.plan = plan;
    this.model = model;
    this.timesteps = timesteps;
    this.units = units;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws OrtException {
    TaskContext task = TaskContext.get();
    int features = plan.inputs().getFirst().width();
    OnnxCall call = new OnnxCall(model.value(), plan.batchRows(), timesteps, features, units);
    task.addTaskCompletionListener((TaskCompletionListener) _ -> call.close());
    return new ScoredRows(plan, call, rows, task.partitionId());
  }
}
