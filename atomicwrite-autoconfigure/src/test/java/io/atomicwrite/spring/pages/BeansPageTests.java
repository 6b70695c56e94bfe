package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/reference/beans.md}.
 */
class BeansPageTests {

	/** Types, the name of the bean, and what it gives. */
	private static final Pattern ROW = Pattern.compile("^\\| (`.*?`) \\| `(\\w+)` \\| .* \\|$", Pattern.MULTILINE);

	private static final Pattern CODE = Pattern.compile("`(\\w+)`");

	/** Of the starter, for applications; all else that it has is its own. */
	private static final Set<String> OF_THE_STARTER = Set.of("ManagedDirectories", "AtomicDocuments",
			"AtomicPublications");

	private static final Set<String> LISTS = Set.of("ObjectProvider", "LateBeans");

	/** What the starter looks for and has itself, some of it when it is needed. */
	private static final Set<String> THEIRS = Set.of("AtomicFileOperations", "AtomicDocuments", "AtomicPublications",
			"AtomicWriteInfrastructure", "CloudRefresh", "ConfigImports", "ConfiguredStart", "DirectoryStart",
			"ImportedFiles", "PropertyBindings", "SweepSchedule");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
		.withPropertyValues("atomicwrite.metadata-store.document=metadata",
				"atomicwrite.documents.metadata.path=target/beans-page/metadata.json");

	/** Returns the types of each bean by its name. */
	private static Map<String, List<String>> rows() throws IOException {
		return ROW.matcher(Page.of("../reference/beans.md").text())
			.results()
			.collect(Collectors.toMap((row) -> row.group(2), (row) -> codes(row.group(1))));
	}

	private static List<String> codes(String text) {
		return CODE.matcher(text).results().map((code) -> code.group(1)).toList();
	}

	@Test
	void theBeansToInjectAreThere() throws IOException {
		Map<String, List<String>> rows = rows();
		assertThat(rows).hasSizeGreaterThan(5);
		this.runner.run((context) -> rows
			.forEach((name, types) -> assertThat(types(context.getBean(name).getClass())).as(name).containsAll(types)));
	}

	@Test
	void noBeanOfTheEngineIsMissing() throws IOException {
		Set<String> named = rows().keySet();
		this.runner.run((context) -> {
			Set<String> forApplications = Arrays.stream(context.getBeanDefinitionNames())
				.filter((name) -> isForApplications(context.getType(name)))
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(named).containsAll(forApplications);
		});
	}

	@Test
	void eachOfThemIsReplacedByOneOfTheApplication() throws IOException {
		Set<String> named = rows().keySet();
		assertThat(beanMethods().filter((method) -> named.contains(name(method)))).hasSameSizeAs(named)
			.allMatch((method) -> method.isAnnotationPresent(ConditionalOnMissingBean.class));
	}

	@Test
	void allThatIsLookedForIsNamed() throws IOException {
		String text = Page.of("../reference/beans.md").text();
		Set<String> looked = beanMethods().flatMap(BeansPageTests::lookedFor)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(looked).contains("Format", "WriteListener", "AtomicFileTemplateBuilderCustomizer");
		assertThat(codes(text.substring(text.indexOf("## Yours that are used")))).containsAll(looked);
	}

	/**
	 * Returns the types of the starter and the engine that applications have beans of.
	 */
	private static Stream<String> lookedFor(Method method) {
		return Stream
			.concat(Stream.of(ResolvableType.forMethodReturnType(method)),
					IntStream.range(0, method.getParameterCount())
						.mapToObj((i) -> ResolvableType.forMethodParameter(method, i)))
			.filter((type) -> LISTS.contains(type.toClass().getSimpleName()))
			.map((type) -> type.getGeneric().toClass())
			.filter((type) -> type.getName().startsWith("io.atomicwrite."))
			.map(Class::getSimpleName)
			.filter((name) -> !THEIRS.contains(name));
	}

	private static String name(Method method) {
		String[] names = method.getAnnotation(Bean.class).value();
		return (names.length == 0) ? method.getName() : names[0];
	}

	private static boolean isForApplications(Class<?> type) {
		return type.getName().startsWith("io.atomicwrite.") && (!type.getName().startsWith("io.atomicwrite.spring.")
				|| OF_THE_STARTER.contains(type.getSimpleName()));
	}

	private static Set<String> types(Class<?> type) {
		Set<String> names = new TreeSet<>();
		for (Class<?> one = type; one != null; one = one.getSuperclass()) {
			names.add(one.getSimpleName());
			Arrays.stream(one.getInterfaces()).flatMap((each) -> types(each).stream()).forEach(names::add);
		}
		return names;
	}

	private static Stream<Method> beanMethods() {
		Import imported = AnnotatedElementUtils.findMergedAnnotation(AtomicWriteAutoConfiguration.class, Import.class);
		return Stream
			.concat(Arrays.stream(imported.value()),
					Stream.of(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class,
							AtomicWriteObservationAutoConfiguration.class))
			.flatMap((type) -> Arrays.stream(ReflectionUtils.getDeclaredMethods(type)))
			.filter((method) -> method.isAnnotationPresent(Bean.class));
	}

}
