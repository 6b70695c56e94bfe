package io.atomicwrite.test;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The structure of the test kit.
 */
@AnalyzeClasses(packages = "io.atomicwrite.test", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.atomicwrite.test.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule crashesAndFaultsNeedNoTestFramework = noClasses().that()
		.resideInAnyPackage("io.atomicwrite.test.crash", "io.atomicwrite.test.fault", "io.atomicwrite.test.directory")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.junit..", "org.assertj..", "org.awaitility..");

	@ArchTest
	static final ArchRule extensionNeedsNoAssertions = noClasses().that()
		.resideInAPackage("io.atomicwrite.test.junit")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.assertj..", "org.awaitility..");

	@ArchTest
	static final ArchRule springIsForItsPackageAlone = noClasses().that()
		.resideOutsideOfPackage("io.atomicwrite.test.spring")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule placingNeedsNoAssertions = noClasses().that()
		.resideInAPackage("io.atomicwrite.test.spring")
		.and()
		.haveSimpleNameNotStartingWith("AtomicHealthAssert")
		.and()
		.doNotHaveSimpleName("AtomicFileTest")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.junit..", "org.assertj..", "org.springframework.boot.health..");

}
