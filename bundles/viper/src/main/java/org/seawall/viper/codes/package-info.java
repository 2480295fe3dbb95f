/** Codes of one bit a component, by which the nearest vectors are found among many. Knows vectors and their numbers, no files. */
package org.seawall.viper.codes;
