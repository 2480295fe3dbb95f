/** The topics of the bench and the subjects that it measures. */
package org.seawall.bench;
