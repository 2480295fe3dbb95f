package org.seawall.viper.store;

import java.util.Map;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.Manifest;

/**
 * A manifest that could be committed on another one, of which all files are durable.
 *
 * @param manifest the next version
 * @param vectors delete vectors that are new in it, by the names of their files
 */
record Proposal(Manifest manifest, Map<String, DeleteVector> vectors) {}
