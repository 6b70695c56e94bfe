package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests that try the cases of the current {@link Slice} alone, and so run with
 * each.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(SlicesItself.TAG)
public @interface SlicesItself {

	/** The tag, which {@link SliceFilter} lets pass. */
	String TAG = "slices-itself";

}
