package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests that mount filesystems or enter namespaces. They need root:
 * {@link RequiresRoot} goes with it. Profile {@code mounts}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(Mounts.TAG)
public @interface Mounts {

	/** The tag, which the profiles of the build select by. */
	String TAG = "mounts";

}
