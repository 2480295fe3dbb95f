/**
 * The file system over object stores: directories made of keys, changes whose outcome is settled, retries, and the threads that
 * an SDK runs on. A bundle for one store gives a {@link Bucket} and its configuration.
 */
package org.seawall.filesystem.common;
