/** A bundle of somebody who has read no contract: made of this package by the test, and installed as any other. */
package org.seawall.itests.conformance.wrong;
