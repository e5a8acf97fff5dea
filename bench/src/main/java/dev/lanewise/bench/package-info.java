/** JMH benchmarks of the kernels, the layers and whole networks. */
package dev.lanewise.bench;
