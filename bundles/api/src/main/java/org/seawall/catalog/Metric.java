package org.seawall.catalog;

/** How the nearness of two vectors is measured. */
public enum Metric {
    /** Euclidean distance; the smaller the nearer. */
    L2,
    /** Cosine of the angle; the larger the nearer. */
    COSINE,
    /** Inner product; the larger the nearer. */
    DOT
}
