package io.atomicwrite.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts the files of the application under test into a temporary place, with everything
 * else as configured. Used beside {@code @SpringBootTest}, a slice, or any other
 * annotation that loads a context:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;TemporaryDirectories
 * class SettingsTests {
 *
 *     &#064;Autowired
 *     TemporaryPlace place;
 *
 * }
 * </pre>
 *
 * <p>
 * Each path of these properties is mapped into the place, where the paths keep their
 * structure: {@code atomicwrite.base-directory},
 * {@code atomicwrite.directories.<name>.path}, {@code atomicwrite.documents.<name>.path},
 * {@code atomicwrite.documents.state-directory},
 * {@code atomicwrite.publications.<name>.path}, {@code atomicwrite.backup.directory}, and
 * those named by {@link #properties()}. The base directory is always in the place, even
 * if none is configured: a relative path that the application writes is resolved against
 * it, and an absolute one that leads out is rejected.
 *
 * <p>
 * The place is made for a context, on a filesystem that survives a crash of the machine
 * where there is one, and deleted when the context is closed. Test classes whose
 * annotations are equal share a context, and with it the place, as far as the rest of
 * their configuration is equal. {@link TemporaryPlace} is a bean of the context.
 *
 * <p>
 * Files of {@code spring.config.import} are read where they are: that happens before
 * there is a context. Nothing writes them.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TemporaryDirectories {

	/**
	 * Names of further properties, of the application for example, whose values are paths
	 * to map: {@code app.export-directory}. Relative ones are taken as relative to the
	 * base directory.
	 * @return the names in the canonical form, in lower case with dashes
	 */
	String[] properties() default {};

}
