/** Which parts and delete vectors a collection consists of, as a row of manifests of which the newest counts. */
package org.seawall.viper.manifest;
