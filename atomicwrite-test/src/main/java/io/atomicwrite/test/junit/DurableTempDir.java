package io.atomicwrite.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link TempDir} on a filesystem that survives a crash of the machine, where the usual
 * one may be in memory: what requires crash durability can be written there.
 *
 * <p>
 * It is created in the first of these directories that promises crash durability: that of
 * the system property {@code atomicwrite.test.directory}, the one for temporary files,
 * {@code target} or {@code build} in the working directory, and the working directory. If
 * none promises it, as on the root of a container, the first that may provide it is
 * taken; if all are in memory, the test fails.
 */
@Documented
@TempDir(factory = DurableTempDirectory.class)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface DurableTempDir {

}
