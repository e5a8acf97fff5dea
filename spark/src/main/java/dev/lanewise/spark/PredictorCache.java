package dev.lanewise.spark;

import dev.lanewise.formats.LoadOptions;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The predictors of a JVM: one for each model, whatever number of tasks use it. So a model is read
 * and packed once an executor, and its workspaces and compiled code serve all tasks after the
 * first. Those that no task uses stay for the next ones, the latest {@link #IDLE} of them.
 */
final class PredictorCache {
  /** Predictors that are kept while no task uses them. */
  static final int IDLE = 4;

  /** The eldest first. */
  private static final Map<Key, Entry> ENTRIES = new LinkedHashMap<>(16, 0.75f, true);

  private PredictorCache() {}

  /**
   * Which predictor.
   *
   * @param hash of the model's bytes
   * @param weights what they are rounded to
   * @param threads of a call
   */
  record Key(String hash, WeightFormat weights, int threads) {}

  private static final class Entry {
    private int users;
    private @Nullable Predictor predictor;

    /** Reads the model where no one has; the other tasks wait meanwhile. */
    synchronized Predictor predictor(Key key, Supplier<byte[]> model) {
      Predictor present = predictor;
      if (present == null) {
        PredictorOptions options =
            PredictorOptions.builder().threads(key.threads()).weights(key.weights()).build();
        present =
            ModelBytes.read(
                model.get(), file -> ModelReader.predictor(file, LoadOptions.of(), options));
        predictor = present;
      }
      return present;
    }

    synchronized void close() {
      if (predictor != null) {
        predictor.close();
      }
    }
  }

  /** The use of a predictor by one task. Not thread-safe. */
  static final class Lease implements AutoCloseable {
    private final Entry entry;
    private final Predictor predictor;
    private boolean ended;

    private Lease(Entry entry, Predictor predictor) {
      this.entry = entry;
      this.predictor = predictor;
    }

    Predictor predictor() {
      return predictor;
    }

    /** Ends the use; a second call does nothing. */
    @Override
    public void close() {
      if (!ended) {
        ended = true;
        giveBack(entry);
      }
    }
  }

  /**
   * Takes a predictor, which is made where there is none.
   *
   * @param key which
   * @param model its bytes, asked for where it is made
   */
  static Lease lease(Key key, Supplier<byte[]> model) {
    Entry entry;
    synchronized (ENTRIES) {
      entry = ENTRIES.computeIfAbsent(key, _ -> new Entry());
      entry.users++;
    }
    try {
      return new Lease(entry, entry.predictor(key, model));
    } catch (Throwable e) {
      synchronized (ENTRIES) {
        entry.users--;
        if (entry.users == 0) {
          ENTRIES.remove(key, entry);
        }
      }
      throw e;
    }
  }

  /** How many predictors there are. */
  static int size() {
    synchronized (ENTRIES) {
      return ENTRIES.size();
    }
  }

  private static void giveBack(Entry entry) {
    synchronized (ENTRIES) {
      entry.users--;
      long idle = ENTRIES.values().stream().filter(each -> each.users == 0).count();
      Iterator<Entry> eldest = ENTRIES.values().iterator();
      while (idle > IDLE && eldest.hasNext()) {
        Entry each = eldest.next();
        if (each.users == 0) {
          eldest.remove();
          each.close();
          idle--;
        }
      }
    }
  }
}
