package org.seawall.viper.exchange;

/**
 * A page of a column.
 *
 * @param count how many levels there are, and as many values at most
 * @param repetitions the repetition levels
 * @param definitions the definition levels
 * @param values the values that are there
 */
record Page(int count, RunLengths repetitions, RunLengths definitions, Values values) {}
