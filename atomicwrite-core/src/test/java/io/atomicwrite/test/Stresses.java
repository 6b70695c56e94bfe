package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests that show a property by load: many writers, many kills, polling readers.
 * Profile {@code evidence}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(Stresses.TAG)
public @interface Stresses {

	/** The tag, which the profiles of the build select by. */
	String TAG = "stress";

}
