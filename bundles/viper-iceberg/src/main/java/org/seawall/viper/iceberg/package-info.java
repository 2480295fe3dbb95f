/** The parts of VIPER as tables of Apache Iceberg: read {@link org.seawall.viper.iceberg.TablePublisher} first. */
package org.seawall.viper.iceberg;
