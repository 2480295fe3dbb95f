package org.apache.hadoop.conf;

/**
 * Stands in for Hadoop's class of this name, which signatures of Parquet's writer name and the compiler wants to see. Nothing makes
 * one or calls it.
 */
public final class Configuration {
    private Configuration() {}
}
