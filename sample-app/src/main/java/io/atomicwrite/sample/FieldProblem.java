package io.atomicwrite.sample;

/**
 * A problem with one field of a request.
 *
 * @param field the field
 * @param message the problem
 */
record FieldProblem(String field, String message) {
}
