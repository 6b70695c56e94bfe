package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests that start processes by the dozen, or measure them. Profile
 * {@code evidence}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(Forks.TAG)
public @interface Forks {

	/** The tag, which the profiles of the build select by. */
	String TAG = "forks";

}
