/** What makes the store of parts the flush sink of a log: stores by collection, and the thread that keeps them small. */
package org.seawall.viper.sink;
