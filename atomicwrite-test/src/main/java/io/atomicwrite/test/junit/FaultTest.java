package io.atomicwrite.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.atomicwrite.IoErrorKind;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test method that is run once without a fault, and then once for each call that the
 * code within {@link Fault#during} makes to change the disk or to make a change durable,
 * and for each error: that call fails with that error.
 *
 * <p>
 * Parameters may be an {@link io.atomicwrite.core.AtomicFileTemplate}, which is closed
 * afterwards, a {@link Fault}, which is needed, and a {@link java.nio.file.Path} without
 * annotations: an empty directory on a real disk, removed afterwards. Reads never fail.
 *
 * <pre class="code">
 * &#64;FaultTest
 * void saveLeavesOldOrNew(AtomicFileTemplate files, Path directory, Fault fault) {
 *     SettingsStore store = new SettingsStore(files, directory);
 *     store.save("light");
 *     Optional&lt;Throwable&gt; failure = fault.during(() -&gt; store.save("dark"));
 *     assertTrue(store.load().equals("dark") || failure.isPresent() &amp;&amp; store.load().equals("light"));
 * }
 * </pre>
 */
@Documented
@TestTemplate
@ExtendWith(FaultTestExtension.class)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface FaultTest {

	/**
	 * The errors with which calls fail.
	 * @return some of {@link IoErrorKind#INPUT_OUTPUT}, {@link IoErrorKind#NO_SPACE},
	 * {@link IoErrorKind#QUOTA}, {@link IoErrorKind#READ_ONLY},
	 * {@link IoErrorKind#ACCESS_DENIED} and {@link IoErrorKind#STALE}
	 */
	IoErrorKind[] errors() default { IoErrorKind.INPUT_OUTPUT, IoErrorKind.NO_SPACE, IoErrorKind.READ_ONLY,
			IoErrorKind.ACCESS_DENIED };

}
