package io.atomicwrite.sample;

/**
 * Describes a written export.
 *
 * @param name its name
 * @param rows how many rows it has
 * @param size its size in bytes
 */
record Export(String name, int rows, long size) {
}
