/** The store of one collection: flush, compaction, garbage, and views that are searched. Knows parts, manifests and their order. */
package org.seawall.viper.store;
