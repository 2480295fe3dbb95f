/** One immutable object per group commit, created if absent. */
package org.seawall.strategy.object;
