/** Sequences that are told apart by keys, scored step by step in Kafka Streams. */
@NullMarked
package dev.lanewise.examples.kafka;

import org.jspecify.annotations.NullMarked;
