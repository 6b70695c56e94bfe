package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests that try every case of a kind: crash states, interleavings, faults of each
 * call. Profile {@code evidence}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(Enumerates.TAG)
public @interface Enumerates {

	/** The tag, which the profiles of the build select by. */
	String TAG = "enumeration";

}
