package io.atomicwrite.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.atomicwrite.test.crash.CrashProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test method that describes a {@link io.atomicwrite.test.crash.CrashSimulation} by its
 * parameter of type {@link Crashes}. The simulation is run after the method has returned,
 * so that none is forgotten; a method that describes none fails.
 *
 * <pre class="code">
 * &#64;CrashTest
 * void savedThemeSurvives(Crashes crashes) {
 *     crashes.during((machine) -&gt; ...).reboot((machine) -&gt; ...);
 * }
 * </pre>
 */
@Documented
@Test
@ExtendWith(CrashTestExtension.class)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface CrashTest {

	/**
	 * What the filesystem does with what was not synced.
	 * @return the profiles, at least one
	 */
	CrashProfile[] profiles() default { CrashProfile.ORDERED, CrashProfile.ADVERSARIAL };

	/**
	 * Whether the power is cut during the start-up code too, once more.
	 * @return whether it is
	 */
	boolean crashAgain() default false;

	/**
	 * The disk of an earlier failure, to run on that one alone.
	 * @return the identifier that the failure printed; empty for all disks
	 */
	String replay() default "";

}
