package dev.lanewise.cli.doctor;

/**
 * Something that is wrong.
 *
 * @param kind a word for programs
 * @param what was found, without a full stop
 * @param cost what it costs
 * @param wayOut what to change
 */
public record Finding(String kind, String what, String cost, String wayOut) {}
