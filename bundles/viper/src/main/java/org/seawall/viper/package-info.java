/** Search over the entries that are in a log. */
package org.seawall.viper;
