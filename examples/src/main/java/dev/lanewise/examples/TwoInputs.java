package dev.lanewise.examples;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Scores;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Shows a model of two inputs: a day of weather, hour by hour, and four facts of a building that do
 * not change. It forecasts the heat that the building needs in the next hour.
 *
 * <p>A common tutorial repeats such facts at each of the 24 steps, and so has the LSTM remember
 * what it is told again every hour.
 */
final class TwoInputs {
  private static final int HOURS = 24;

  private TwoInputs() {}

  /**
   * Buildings and their weather.
   *
   * @param sensors (count, 24, 3): temperature in 10 degrees, wind, sun
   * @param site (count, 4): area, insulation, part of glass, people
   * @param load (count, 1): the heat of the hour after
   */
  private record Days(Tensor sensors, Tensor site, Tensor load) {
    Map<String, Tensor> x() {
      return Map.of("sensors", sensors, "site", site);
    }

    Map<String, Tensor> y() {
      return Map.of("load", load);
    }
  }

  /** Each of a building that no other sample has. */
  private static Days days(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Days days =
        new Days(
            Tensor.zeros(count, HOURS, 3),
            Data.uniform(seed + 1, count, 4),
            Tensor.zeros(count, 1));
    for (int day = 0; day < count; day++) {
      double[] felt = weather(days.sensors, day, random);
      days.load.set((float) heat(days.site, day, felt, random), day, 0);
    }
    return days;
  }

  /** Writes a day; gives what the walls have kept of its temperature, the last wind and sun. */
  private static double[] weather(Tensor sensors, int day, SplittableRandom random) {
    double mean = random.nextDouble(-0.5, 1.5);
    double wind = random.nextDouble();
    double clear = random.nextDouble();
    int begin = random.nextInt(HOURS);
    double sun = 0;
    double walls = mean;
    for (int hour = 0; hour < HOURS; hour++) {
      double height = -StrictMath.cos(2 * Math.PI * (begin + hour) / HOURS); // noon is 1
      wind = Math.clamp(wind + random.nextDouble(-0.1, 0.1), 0, 1);
      sun = clear * Math.max(0, height);
      double temperature = mean + 0.3 * height + random.nextDouble(-0.1, 0.1);
      walls += 0.2 * (temperature - walls);
      sensors.set((float) temperature, day, hour, 0);
      sensors.set((float) wind, day, hour, 1);
      sensors.set((float) sun, day, hour, 2);
    }
    return new double[] {walls, wind, sun};
  }

  private static double heat(Tensor site, int day, double[] felt, SplittableRandom random) {
    double lost = (1.5 - site.get(day, 1)) * Math.max(0, 1.8 - felt[0]) * (1 + 0.3 * felt[1]);
    double won = 0.6 * site.get(day, 2) * felt[2] + 0.2 * site.get(day, 3);
    double area = 0.3 + site.get(day, 0);
    return area * Math.max(0, lost - won) + random.nextDouble(-0.03, 0.03);
  }

  /** Runs the program. */
  static void main() {
    Days train = days(1, 1000);
    Days heldOut = days(3, 250); // other buildings
    FitOptions options = FitOptions.builder().epochs(30).seed(42).build();
    // guide: two-inputs
    Value sensors = Input.sequences("sensors", 3); // temperature, wind, sun of each hour
    Value site = Input.rows("site", 4); // area, insulation, part of glass, people
    Value weather = Lstm.of(16).apply(sensors); // (batch, 16)
    Value both = Concatenate.of().apply(weather, site); // (batch, 20)
    Value load = Dense.of(1).apply(Dense.of(32, Activation.RELU).apply(both)).named("load");
    Model model = Model.of(List.of(sensors, site), List.of(load)).build(42);
    // guide: end

    // guide: two-inputs-fit
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    Map<String, Tensor> x = Map.of("sensors", train.sensors(), "site", train.site());
    History history = model.fit(x, Map.of("load", train.load()), options);
    Scores scores = model.evaluate(heldOut.x(), heldOut.y());
    // guide: end

    System.out.println(model.summary());
    Show.shape("sensors", train.sensors());
    Show.shape("site", train.site());
    Show.loss(history);
    Show.line("error with both", Show.number(scores.metric(Metric.MEAN_ABSOLUTE_ERROR)));
    Show.line("error without the site", Show.number(withoutSite(train, heldOut, options)));
    save(model, heldOut);
    Show.refused("Add of both", () -> Add.of().apply(weather, site));
    refusals(model, train, heldOut);
  }

  private static void save(Model model, Days heldOut) {
    Path file = TemporaryFile.of("load.safetensors");
    // guide: save
    ModelFile.save(model, file);
    Model loaded = ModelFile.loadModel(file);
    Map<String, Tensor> forecast = loaded.predict(heldOut.x()); // {load=(250, 1)}
    // guide: end
    Show.line("loaded, the same bits", Same.bits(forecast, model.predict(heldOut.x())));
  }

  private static void refusals(Model model, Days train, Days heldOut) {
    Map<String, Tensor> one = Map.of("sensors", train.sensors());
    Show.refused("predict without the site", () -> model.predict(one));
    Map<String, Tensor> other = Map.of("sensors", train.sensors(), "site", heldOut.site());
    Show.refused("sites of other samples", () -> model.predict(other));
  }

  /** The same network, which is told the weather alone. */
  private static double withoutSite(Days train, Days heldOut, FitOptions options) {
    Sequential alone =
        Sequential.of(Lstm.of(16), Dense.of(32, Activation.RELU), Dense.of(1)).build(3, 42);
    alone.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    alone.fit(train.sensors(), train.load(), options);
    return alone.evaluate(heldOut.sensors(), heldOut.load()).metric(Metric.MEAN_ABSOLUTE_ERROR);
  }
}
