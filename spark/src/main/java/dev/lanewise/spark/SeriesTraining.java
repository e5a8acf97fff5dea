package dev.lanewise.spark;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Trains the series of a partition, one after the other. */
final class SeriesTraining implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final TrainingPlan plan;

  SeriesTraining(TrainingPlan plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    TaskContext task = TaskContext.get();
    SeriesGroups groups = new SeriesGroups(rows);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return groups.hasNext();
      }

      @Override
      public Row next() {
        return trained(groups.next(), task).row();
      }
    };
  }

  private TrainedSeries trained(List<Row> rows, TaskContext task) {
    @Nullable String name = rows.getFirst().getString(SeriesTable.SERIES);
    if (name == null) {
      String error = SparkErrors.noSeries(plan.table().series()).getMessage();
      return TrainedSeries.failed(null, rows.size(), null, String.valueOf(error));
    }
    try {
      return plan.train(name, rows, task.cpus());
    } catch (CancellationException | UncheckedIOException e) {
      throw e; // of the task or of its machine, not of the series
    } catch (RuntimeException e) {
      if (task.isInterrupted()) {
        throw e;
      }
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      return TrainedSeries.failed(name, rows.size(), plan.seedOf(name), String.valueOf(message));
    }
  }
}
