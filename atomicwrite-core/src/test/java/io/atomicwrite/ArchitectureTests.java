package io.atomicwrite;

import java.io.File;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The structure of the engine.
 */
@AnalyzeClasses(packages = "io.atomicwrite", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final double MAX_PUBLIC_PERCENT = 45;

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.atomicwrite.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule packagesDependDownwards = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("vocabulary")
		.definedBy("io.atomicwrite")
		.layer("fs")
		.definedBy("io.atomicwrite.fs")
		.layer("artifact")
		.definedBy("io.atomicwrite.artifact")
		.layer("guarantee")
		.definedBy("io.atomicwrite.guarantee")
		.layer("isolation")
		.definedBy("io.atomicwrite.isolation")
		.layer("lock")
		.definedBy("io.atomicwrite.lock")
		.layer("format")
		.definedBy("io.atomicwrite.format..")
		.layer("doctor")
		.definedBy("io.atomicwrite.doctor")
		.layer("checksum")
		.definedBy("io.atomicwrite.checksum")
		.layer("manifest")
		.definedBy("io.atomicwrite.manifest")
		.layer("backup")
		.definedBy("io.atomicwrite.backup")
		.layer("publication")
		.definedBy("io.atomicwrite.publication")
		.optionalLayer("watch")
		.definedBy("io.atomicwrite.watch")
		.layer("document")
		.definedBy("io.atomicwrite.document")
		.layer("core")
		.definedBy("io.atomicwrite.core")
		.optionalLayer("maintenance")
		.definedBy("io.atomicwrite.maintenance")
		.whereLayer("maintenance")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("core")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("doctor")
		.mayOnlyBeAccessedByLayers("core")
		.whereLayer("document")
		.mayOnlyBeAccessedByLayers("core")
		.whereLayer("publication")
		.mayOnlyBeAccessedByLayers("core")
		.whereLayer("watch")
		.mayOnlyBeAccessedByLayers("document", "core")
		.whereLayer("manifest")
		.mayOnlyBeAccessedByLayers("document", "publication", "core", "maintenance")
		.whereLayer("checksum")
		.mayOnlyBeAccessedByLayers("manifest", "backup", "document", "publication", "core", "maintenance")
		.whereLayer("backup")
		.mayOnlyBeAccessedByLayers("document", "core", "maintenance")
		.whereLayer("format")
		.mayOnlyBeAccessedByLayers("manifest", "document", "publication", "core")
		.whereLayer("lock")
		.mayOnlyBeAccessedByLayers("doctor", "checksum", "manifest", "document", "publication", "core", "maintenance")
		.whereLayer("isolation")
		.mayOnlyBeAccessedByLayers("fs", "artifact", "lock", "doctor", "watch", "document", "publication", "core")
		.whereLayer("guarantee")
		.mayOnlyBeAccessedByLayers("lock", "doctor", "watch", "core", "maintenance")
		.whereLayer("artifact")
		.mayOnlyBeAccessedByLayers("lock", "doctor", "checksum", "manifest", "backup", "document", "publication",
				"core", "maintenance")
		.whereLayer("vocabulary")
		.mayOnlyBeAccessedByLayers("fs", "guarantee", "lock", "format", "doctor", "checksum", "manifest", "backup",
				"watch", "document", "publication", "core", "maintenance");

	@ArchTest
	static final ArchRule onlyFsTouchesFiles = noClasses().that()
		.resideOutsideOfPackage("io.atomicwrite.fs")
		.should()
		.dependOnClassesThat(fileApis())
		.because("a double of FileOps proves nothing about a call that goes round it");

	@ArchTest
	static final ArchRule noFramework = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "org.slf4j..", "org.apache.commons.logging..",
				"java.util.logging..")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(Logger.class)
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(PrintStream.class);

	@ArchTest
	static final ArchRule jacksonIsOptional = noClasses().that()
		.resideOutsideOfPackage("io.atomicwrite.format.jackson")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..");

	@ArchTest
	static final ArchRule jakartaValidationIsOptional = noClasses().that()
		.doNotHaveFullyQualifiedName("io.atomicwrite.document.JakartaValidator")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("jakarta..");

	@ArchTest
	static final ArchRule clocksAreInjected = noClasses().should()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(Clock.class, "systemUTC")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(SecureRandom.class);

	/** What users of {@code core} call and get; whatever is not here is a step. */
	private static final String API = "AtomicFileOperations|AtomicFileTemplate|AtomicFileTemplateBuilder|"
			+ "Batch|BatchFailedException|BatchFile|BatchListener|BatchOutcome|BatchResult|"
			+ "ContentWriter|DirectoryGuard|DirectoryRequirements|LastKnownGood|MetadataPolicy|MetadataReport|ModePolicy|OpenFile|"
			+ "StagedWrite|SymlinkPolicy|UpdateResult|Versioned|WriteAttempt|WriteListener|"
			+ "WriteOptions|WriteRequirements|WriteResult";

	@ArchTest
	static final ArchRule stepsOfTheProtocolAreNotPublic = classes().that()
		.resideInAPackage("io.atomicwrite.core")
		.and()
		.areTopLevelClasses()
		.and()
		.haveNameNotMatching("io\\.atomicwrite\\.core\\.(" + API + "|package-info)")
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule namesSayWhatThingsAre = noClasses().should()
		.haveSimpleNameEndingWith("Manager")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("Util")
		.orShould()
		.haveSimpleNameEndingWith("Utils")
		.orShould()
		.haveSimpleNameEndingWith("Impl");

	/**
	 * A public type is a promise to users. Most types are steps and values of one
	 * package. The limit may be lowered and must not be raised; the goal is 45.
	 */
	@ArchTest
	static void fewTypesArePublic(JavaClasses classes) {
		List<JavaClass> types = classes.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.toList();
		long publicTypes = types.stream().filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC)).count();
		assertThat(100.0 * publicTypes / types.size()).as("percentage of public types")
			.isLessThanOrEqualTo(MAX_PUBLIC_PERCENT);
	}

	private static DescribedPredicate<JavaClass> fileApis() {
		return new DescribedPredicate<>("open, change or look at files") {

			@Override
			public boolean test(JavaClass type) {
				String name = type.getName();
				return type.isEquivalentTo(Files.class) || type.isEquivalentTo(File.class)
						|| type.isEquivalentTo(FileChannel.class) || name.startsWith("java.io.File")
						|| name.startsWith("java.io.RandomAccessFile") || name.startsWith("java.nio.channels.File")
						|| name.startsWith("java.nio.channels.AsynchronousFile")
						|| name.startsWith("java.nio.file.attribute.") || name.startsWith("java.nio.file.spi.")
						|| name.equals("java.nio.file.FileSystems");
			}

		};
	}

}
