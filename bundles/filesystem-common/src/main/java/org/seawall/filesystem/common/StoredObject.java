package org.seawall.filesystem.common;

import java.util.Optional;

/**
 * An object as the store knows it.
 *
 * @param key its key
 * @param size its length in bytes
 * @param version text that changes with every write of the key, whatever the content
 * @param putId what {@link Bucket#put} was told when the object was written; empty where it was written otherwise, or where
 *     a listing does not tell
 */
public record StoredObject(String key, long size, String version, Optional<String> putId) {}
