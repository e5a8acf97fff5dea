package dev.lanewise.spark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;

/** Builds the exceptions of the steps of a pipeline. */
final class SparkErrors {
  private SparkErrors() {}

  private static IllegalArgumentException bad(String message) {
    return new IllegalArgumentException(message);
  }

  private static String names(String[] names) {
    return Arrays.stream(names).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }

  static IllegalArgumentException noColumn(String column, String[] known, String setter) {
    return bad(
        "no column \"" + column + "\"; there are " + names(known) + ". " + setter + " names it");
  }

  static IllegalArgumentException columnTaken(String column, String setter) {
    return bad("column \"" + column + "\" is there already; " + setter + " names another");
  }

  static IllegalArgumentException featureCount(int given, int width) {
    return bad(
        "featureCount is "
            + given
            + ", but a step of the model takes "
            + width
            + " numbers; leave it out, or give the columns that the model was trained on");
  }

  static IllegalArgumentException inputType(
      String column, DataType type, InputColumn.Kind kind, int width) {
    String expected =
        switch (kind) {
          case ROWS -> "array<float> or a vector, " + width + " numbers";
          case IDS -> "array<int>, an id a step";
          case SEQUENCES ->
              "array<array<float>>, the "
                  + width
                  + " numbers of each step, or array<float>, step after step";
        };
    return bad(
        "column \""
            + column
            + "\": expected "
            + expected
            + ", got "
            + type.simpleString()
            + "; array(..) makes one of columns of numbers, and any numeric type will do");
  }

  static IllegalArgumentException columnType(String column, String expected, DataType type) {
    return bad(
        "column \""
            + column
            + "\": expected "
            + expected
            + ", got "
            + type.simpleString()
            + "; cast it");
  }

  static IllegalArgumentException inputCount(int columns, List<String> inputs) {
    return bad(
        "setFeaturesCols: expected "
            + inputs.size()
            + " columns, one for each of the inputs "
            + String.join(", ", inputs)
            + ", got "
            + columns);
  }

  static IllegalArgumentException outputCount(int columns, List<String> outputs) {
    return bad(
        "setOutputCols: expected "
            + outputs.size()
            + " columns, one for each of the outputs "
            + String.join(", ", outputs)
            + ", got "
            + columns);
  }

  static IllegalStateException noModel() {
    return new IllegalStateException(
        "LanewiseModel has no model: make it with LanewiseModel.ofFile(..) or of(..), or call"
            + " setModelFile(..)");
  }

  static IllegalArgumentException invalidRow(String row, String problem) {
    return bad(
        "LanewiseModel: "
            + row
            + ", "
            + problem
            + ". handleInvalid \"skip\" leaves such rows out, \"keep\" gives null");
  }

  static IllegalArgumentException notSaved(String path, String what) {
    return bad(path + ": expected what LanewiseModel.write() saved, got " + what);
  }

  private static IllegalArgumentException isNull(String column, String expected) {
    return bad(
        "column \""
            + column
            + "\": expected "
            + expected
            + ", got null; na().drop leaves such rows out");
  }

  static IllegalArgumentException noTime(String column) {
    return isNull(column, "a time in each row");
  }

  static IllegalArgumentException noSeries(String column) {
    return isNull(column, "the name of a series");
  }

  static IllegalArgumentException neverTrained() {
    return bad("the series was not among those trained; fit the forecaster with its rows");
  }

  static IllegalArgumentException notTrained(String error) {
    return bad("the series has no model, as its training failed: " + error);
  }

  static IllegalArgumentException noneTrained(long series, String error) {
    return bad(
        "LanewiseForecaster.fit: none of "
            + series
            + " series could be trained; one of them says: "
            + error);
  }

  static IllegalArgumentException noRows(String column) {
    return bad(
        "LanewiseForecaster.fit: expected rows of series that \"" + column + "\" names, got none");
  }

  static IllegalArgumentException columnUnset(String param, String setter) {
    return bad(param + ": expected the name of a column; " + setter + " names it");
  }

  static IllegalArgumentException steps(int first, int last) {
    return bad(
        "setHorizon: expected steps ahead from 1 on, the nearest first, got "
            + first
            + ", "
            + last);
  }

  static IllegalArgumentException noOrder(String column) {
    return isNull(column, "in each row what says its order");
  }

  static IllegalArgumentException noKey(String column) {
    return isNull(column, "a key in each row");
  }

  static IllegalArgumentException notStreamed(String inputs, String outputs) {
    return bad(
        "LanewiseModel.transformByKey: expected a model of one input of sequences and one output,"
            + " got the inputs "
            + inputs
            + " and the outputs "
            + outputs
            + "; transform takes a whole sequence a row");
  }

  static IllegalArgumentException reserved(String column) {
    return bad(
        "column \""
            + column
            + "\": forecasts have a column of that name; withColumnRenamed gives it another");
  }
}
