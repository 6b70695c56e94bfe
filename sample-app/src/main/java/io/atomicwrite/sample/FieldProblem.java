package io.atomicwrite.sample;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field
 * @param message what is wrong with it
 */
record FieldProblem(String field, String message) {
}
