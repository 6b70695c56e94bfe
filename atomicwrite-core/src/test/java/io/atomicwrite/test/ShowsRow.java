package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of {@code docs/reference/metadata.md} that a test shows.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShowsRow {

	/**
	 * Returns the first cells of the rows.
	 * @return the kinds of metadata
	 */
	String[] value();

}
