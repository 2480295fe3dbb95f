/** Search over what is in a log and what has left it for parts, as one. */
package org.seawall.viper.search;
