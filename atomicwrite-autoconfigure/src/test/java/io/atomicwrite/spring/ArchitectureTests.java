package io.atomicwrite.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> location.contains("atomicwrite-autoconfigure"))
		.importPackages("io.atomicwrite.spring");

	@Test
	void autoConfigurationsArePublicAndFinal() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.check(CLASSES);
	}

	@Test
	void beanMethodsAreNotPublicAndCarryNoConditionOnClasses() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBePublic()
			.andShould()
			.notBePrivate()
			.andShould()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.andShould()
			.haveNameStartingWith("atomicwrite")
			.check(CLASSES);
		noMethods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.haveRawReturnType(DescribedPredicate.describe("private",
					(JavaClass type) -> type.getModifiers().contains(JavaModifier.PRIVATE)))
			.check(CLASSES);
	}

	@Test
	void onlyAutoConfigurationKnowsAutoConfiguration() {
		noClasses().that()
			.resideOutsideOfPackage("..autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.atomicwrite.spring.autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void onlyMetricsKnowMicrometer() {
		noClasses().that()
			.resideOutsideOfPackages("..metrics..", "..autoconfigure.metrics..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(CLASSES);
	}

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching("io.atomicwrite.spring.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void failureAnalyzersArePackagePrivate() {
		classes().that().areAssignableTo(FailureAnalyzer.class).should().bePackagePrivate().check(CLASSES);
	}

	@Test
	void packagesAreNullMarked() {
		assertThat(CLASSES).extracting(JavaClass::getPackage)
			.allSatisfy(
					(javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName())
						.isTrue());
	}

	@Test
	void importsFileIsSortedAndComplete() throws IOException {
		List<String> imports = imports();
		assertThat(imports).isSorted();
		assertThat(imports).containsExactlyElementsOf(
				new TreeSet<>(CLASSES.that(annotatedAutoConfiguration()).stream().map(JavaClass::getName).toList()));
	}

	@Test
	void orderingEdgesNameClassesThatExist() {
		assertThat(CLASSES.that(annotatedAutoConfiguration())).allSatisfy((autoConfiguration) -> {
			AutoConfiguration edges = autoConfiguration.reflect().getAnnotation(AutoConfiguration.class);
			assertThat(edges.afterName()).allSatisfy((name) -> assertThat(Class.forName(name)).isNotNull());
			assertThat(edges.beforeName()).allSatisfy((name) -> assertThat(Class.forName(name)).isNotNull());
		});
	}

	private static DescribedPredicate<JavaClass> annotatedAutoConfiguration() {
		return DescribedPredicate.describe("auto-configuration",
				(type) -> type.isAnnotatedWith(AutoConfiguration.class));
	}

	/** Of all files of that name on the class path, the one of this module. */
	private static List<String> imports() throws IOException {
		for (URL url : Collections.list(ArchitectureTests.class.getClassLoader().getResources(IMPORTS))) {
			if (url.toString().contains("atomicwrite-autoconfigure")) {
				try (InputStream file = url.openStream()) {
					return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
				}
			}
		}
		throw new IOException("no " + IMPORTS);
	}

}
