package dev.lanewise.bench;

/**
 * What one JVM measured: a line of the results. NaN for what it did not.
 *
 * @param commit that was measured
 * @param settings of the measurement, which must be the same where figures are compared
 * @param round from 1
 * @param engine a label of {@link Engine}
 * @param shape a name of {@link Workload}
 * @param threads of the engine
 * @param failure why there is no figure; empty where there is one
 * @param micros of a call, or of a training step: the median of the iterations
 * @param p50 of single steps, microseconds
 * @param p99 of single steps, microseconds
 * @param bytes that a call, or a training step, allocates on the Java heap when all has been timed
 * @param peak of one thread in the same JVM, GFLOP/s
 * @param jdk version and build
 * @param cpu model
 */
record Launch(
    String commit,
    String settings,
    int round,
    String engine,
    String shape,
    int threads,
    String failure,
    double micros,
    double p50,
    double p99,
    double bytes,
    double peak,
    String jdk,
    String cpu) {

  boolean failed() {
    return !failure.isEmpty();
  }
}
