package dev.lanewise.spark;

import dev.lanewise.lstm.data.TimeStyle;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.jspecify.annotations.Nullable;

/** What kind of times a column holds, and how they become milliseconds since 1970 and back. */
enum TimeColumn {
  /** Days. */
  DATE(TimeStyle.DATE),
  /** Instants, in UTC. */
  TIMESTAMP(TimeStyle.INSTANT),
  /** Local times without a zone. */
  LOCAL(TimeStyle.DATE_TIME),
  /** Whole numbers, which say the order of the rows and no more. */
  ORDER(null);

  private static final long DAY = 86_400_000;
  private static final String MILLISECOND = "MILLISECOND";

  private final Optional<TimeStyle> style;

  TimeColumn(@Nullable TimeStyle style) {
    this.style = Optional.ofNullable(style);
  }

  static TimeColumn of(String column, DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return DATE;
    }
    if (type.equals(DataTypes.TimestampType)) {
      return TIMESTAMP;
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return LOCAL;
    }
    if (type instanceof IntegralType) {
      return ORDER;
    }
    throw SparkErrors.columnType(column, "date, timestamp, timestamp_ntz or a whole number", type);
  }

  /** How a frame has these times; empty where they are an order alone. */
  Optional<TimeStyle> style() {
    return style;
  }

  Column toMillis(Column time) {
    return switch (this) {
      case DATE -> functions.unix_date(time).cast(DataTypes.LongType).multiply(DAY);
      case TIMESTAMP -> functions.unix_millis(time);
      case LOCAL -> functions.timestamp_diff(MILLISECOND, functions.lit(epoch()), time);
      case ORDER -> time.cast(DataTypes.LongType);
    };
  }

  Column ofMillis(Column millis, DataType type) {
    return switch (this) {
      case DATE ->
          functions.date_from_unix_date(
              functions.floor(millis.divide(DAY)).cast(DataTypes.IntegerType));
      case TIMESTAMP -> functions.timestamp_millis(millis);
      case LOCAL -> functions.timestamp_add(MILLISECOND, millis, functions.lit(epoch()));
      case ORDER -> millis.cast(type);
    };
  }

  private static LocalDateTime epoch() {
    return LocalDateTime.of(1970, 1, 1, 0, 0);
  }
}
