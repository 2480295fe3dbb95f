package org.seawall.filesystem.common;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param objects in the order of their keys
 * @param prefixes what was folded, each with the slash at its end
 * @param next token of the page behind, or empty if this is the last
 */
public record Page(List<StoredObject> objects, List<String> prefixes, Optional<String> next) {}
