/** Parquet files in both directions: what anybody's writer made becomes entries, and entries become a file for anybody's reader. */
package org.seawall.viper.exchange;
