/** How near vectors are, and which of them are the nearest. */
package org.seawall.viper.rank;
