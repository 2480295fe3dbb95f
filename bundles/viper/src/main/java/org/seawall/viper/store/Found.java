package org.seawall.viper.store;

import java.util.Map;

/**
 * One row that was found.
 *
 * @param id the entry's id
 * @param sequence the entry's sequence
 * @param rank how near it is; the smaller the nearer, equal for equally near ones of all places
 * @param score what the metric says
 * @param metadata the entry's metadata
 * @param vector the entry's vector, empty if it is not asked for
 */
public record Found(String id, long sequence, double rank, float score, Map<String, Object> metadata, float[] vector) {}
