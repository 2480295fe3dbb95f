/** What measures, apart from what is measured: a second build of Seawall in the same run shares these classes. */
package org.seawall.bench.harness;
