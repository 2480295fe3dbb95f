/** One growing active segment, forced, rolled by rename. */
package org.seawall.strategy.append;
