/** Parts: immutable Parquet files of rows, written as a stream and read by pages. Knows rows and pages, not which of them are alive. */
package org.seawall.viper.part;
