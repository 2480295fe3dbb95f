package org.seawall.inspection;

/**
 * What was copied, and found equal when it was read back.
 *
 * @param collections how many collections
 * @param files how many files are in the copy
 * @param kept how many of them were there already, and equal
 * @param bytes their length
 * @param entries valid entries in all of them, as read back from the copy
 */
public record Copy(int collections, int files, int kept, long bytes, long entries) {}
