package dev.lanewise.examples;

/**
 * A program that shows one situation.
 *
 * @param name its class, which is also what {@code lanewise examples} calls it
 * @param description what it shows, on a line
 * @param program prints to {@code System.out}, the same on every machine
 */
public record Example(String name, String description, Runnable program) {}
