package io.atomicwrite.test;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * What mounts is in the lane of mounts, and needs root.
 */
@AnalyzeClasses(packages = "io.atomicwrite", importOptions = ImportOption.OnlyIncludeTests.class)
class LaneTests {

	@ArchTest
	static final ArchRule whatMountsIsTagged = classes().that()
		.resideInAPackage("io.atomicwrite.mounted")
		.and()
		.haveSimpleNameEndingWith("Tests")
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.should()
		.beAnnotatedWith(Mounts.class);

	@ArchTest
	static final ArchRule whatMountsNeedsRoot = classes().that()
		.areAnnotatedWith(Mounts.class)
		.should()
		.beAnnotatedWith(RequiresRoot.class);

}
