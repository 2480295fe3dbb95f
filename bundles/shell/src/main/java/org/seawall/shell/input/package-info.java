/** Files that entries are read from: {@code .fvecs}, {@code .npy}, {@code .jsonl}; and {@code .ivecs} with results. */
package org.seawall.shell.input;
