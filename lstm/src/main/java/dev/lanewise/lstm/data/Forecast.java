package dev.lanewise.lstm.data;

import java.util.OptionalLong;

/**
 * A forecast of a row that is still to come.
 *
 * @param series the series' name, empty for the only one
 * @param target the column
 * @param step rows after the last one
 * @param time when it will be, milliseconds since 1970; empty where that is not known
 * @param value in the target's units
 */
public record Forecast(String series, String target, int step, OptionalLong time, double value) {}
