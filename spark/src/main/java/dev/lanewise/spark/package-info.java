/**
 * Lanewise on Spark: predictions as a step of a pipeline, and a forecaster for each of many series.
 */
@NullMarked
package dev.lanewise.spark;

import org.jspecify.annotations.NullMarked;
