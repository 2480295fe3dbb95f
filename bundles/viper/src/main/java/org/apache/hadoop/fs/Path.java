package org.apache.hadoop.fs;

/**
 * Stands in for Hadoop's class of this name, which signatures of Parquet's writer name and the compiler wants to see. Nothing makes
 * one or calls it.
 */
public final class Path {
    private Path() {}
}
