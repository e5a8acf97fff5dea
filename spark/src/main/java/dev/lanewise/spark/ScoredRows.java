package dev.lanewise.spark;

import dev.lanewise.spark.ScoringPlan.OnInvalid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * The rows of a partition with their predictions, in the order in which they came. Several batches
 * of rows are read ahead and sorted by length, so that a batch has little padding or none. Not
 * thread-safe.
 */
final class ScoredRows implements Iterator<Row> {
  /** Batches that are read ahead: enough that most have rows of one length or of near ones. */
  private static final int AHEAD = 16;

  private final ScoringPlan plan;
  private final Consumer<List<Sample>> call;
  private final Iterator<Row> rows;
  private final int partition;
  private final Deque<Row> ready = new ArrayDeque<>();
  private long read;

  /**
   * Reads nothing yet.
   *
   * @param call predicts rows, and gives each its outputs
   * @param partition which it is, for errors
   */
  ScoredRows(ScoringPlan plan, Consumer<List<Sample>> call, Iterator<Row> rows, int partition) {
    this.plan = plan;
    this.call = call;
    this.rows = rows;
    this.partition = partition;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      predictAhead();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void predictAhead() {
    long most = (long) AHEAD * plan.batchRows();
    List<Sample> samples = new ArrayList<>();
    List<Sample> valid = new ArrayList<>();
    while (samples.size() < most && rows.hasNext()) {
      Sample sample = new Sample(rows.next(), read++, plan);
      samples.add(sample);
      if (sample.problem() == null) {
        valid.add(sample);
      } else {
        failWhereAsked(sample);
      }
    }
    valid.sort(byLength());
    for (int from = 0; from < valid.size(); ) {
      int to = end(valid, from);
      predict(valid.subList(from, to));
      from = to;
    }
    for (Sample sample : samples) {
      if (sample.problem() == null || plan.onInvalid() == OnInvalid.KEEP) {
        ready.add(sample.predicted());
      }
    }
  }

  private Comparator<Sample> byLength() {
    Comparator<Sample> order = Comparator.comparingInt(sample -> sample.steps(0));
    for (int i = 1; i < plan.inputs().size(); i++) {
      int input = i;
      order = order.thenComparingInt(sample -> sample.steps(input));
    }
    return order;
  }

  /** Where the batch that begins at a row ends. */
  private int end(List<Sample> sorted, int from) {
    int most = Math.min(sorted.size(), from + plan.batchRows());
    int to = from + 1;
    while (to < most
        && (plan.padded() || byLength().compare(sorted.get(from), sorted.get(to)) == 0)) {
      to++;
    }
    return to;
  }

  /** Predicts a batch; row by row where the model refuses it, to find which. */
  private void predict(List<Sample> batch) {
    try {
      call.accept(batch);
    } catch (IllegalArgumentException e) {
      if (batch.size() == 1) {
        batch.getFirst().refuse(String.valueOf(e.getMessage()));
        failWhereAsked(batch.getFirst());
        return;
      }
      for (Sample sample : batch) {
        predict(List.of(sample));
      }
    }
  }

  private void failWhereAsked(Sample sample) {
    String problem = sample.problem();
    if (problem != null && plan.onInvalid() == OnInvalid.ERROR) {
      throw SparkErrors.invalidRow(plan.name(sample.row(), partition, sample.place()), problem);
    }
  }
}
