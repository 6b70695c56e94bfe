package io.atomicwrite.fs;

import java.util.OptionalLong;

/**
 * The space of a filesystem.
 *
 * @param usable what this user can still write, in bytes
 * @param total the size of the filesystem in bytes
 * @param freeInodes the number of files that can still be created; empty where it is not
 * limited or is not known
 */
public record DiskSpace(long usable, long total, OptionalLong freeInodes) {
}
