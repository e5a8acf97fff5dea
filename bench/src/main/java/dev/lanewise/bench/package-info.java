/**
 * Benchmarks of the kernels, the layers and whole networks, beside the machine's ceilings; what
 * narrow weights and choices of a forecaster cost in accuracy; the page of charts.
 */
package dev.lanewise.bench;
