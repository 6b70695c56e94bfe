package io.atomicwrite.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what an application keeps in files, without the rest of the application:
 *
 * <pre class="code">
 * &#064;AtomicFileTest
 * &#064;Import(SettingsStore.class)
 * class SettingsStoreTests {
 *
 *     &#064;Autowired
 *     SettingsStore store;
 *
 *     &#064;Autowired
 *     TemporaryPlace place;
 *
 * }
 * </pre>
 *
 * <p>
 * The context has the auto-configuration of atomic writes, with Jackson and validation if
 * they are on the class path, and the configuration files of the application. Managed
 * directories, documents and publications are in a temporary place, as with
 * {@link TemporaryDirectories}. There is no web server and no actuator. Of the beans of
 * the application that are found by scanning there are only those of type {@code Format}
 * and {@code AtomicFileTemplateBuilderCustomizer}, which decide what files look like; the
 * others, configuration classes too, are left out unless the test imports them. Beans of
 * the class with {@code @SpringBootApplication} itself are always there.
 *
 * <p>
 * Where a test is about the whole application, {@code @SpringBootTest} with
 * {@link TemporaryDirectories} is the right choice.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(AtomicFileTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(AtomicFileTypeExcludeFilter.class)
@AutoConfigureAtomicFiles
@ImportAutoConfiguration
@TemporaryDirectories
public @interface AtomicFileTest {

	/**
	 * Properties to add to the environment before the context is loaded, in the form
	 * {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Names of further properties whose values are paths to map into the place.
	 * @return the names in the canonical form, in lower case with dashes
	 */
	@AliasFor(annotation = TemporaryDirectories.class, attribute = "properties")
	String[] pathProperties() default {};

	/**
	 * Whether beans are found by the default filters, which let formats and customizers
	 * of the template pass.
	 * @return whether the default filters count
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters of beans to have in addition.
	 * @return the filters
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * Filters of beans to leave out.
	 * @return the filters
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to leave out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
