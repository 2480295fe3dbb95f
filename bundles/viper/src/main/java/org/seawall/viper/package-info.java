/** A columnar vector store: flush sink and search over flushed and unflushed entries. */
package org.seawall.viper;
