/**
 * The syntax of the built-in formats: texts are parsed to nodes that know where they
 * stand, and changed in few places. A grammar parses and renders, a surface knows how its
 * text is changed, and {@code TreeEditor} takes the steps that lead to a tree. Refers to
 * no binding of values; YAML needs SnakeYAML Engine.
 *
 * <p>
 * <b>To add a syntax</b>, extend {@link io.atomicwrite.format.syntax.Grammar} and its
 * surface. The editor parses after each step, so a surface may guess.
 */
@NullMarked
package io.atomicwrite.format.syntax;

import org.jspecify.annotations.NullMarked;
