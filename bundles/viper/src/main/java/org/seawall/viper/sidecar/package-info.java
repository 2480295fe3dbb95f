/** Sidecars: what is held in memory of a part to find rows in it, kept in a file beside it and made again from it where that is missing. */
package org.seawall.viper.sidecar;
