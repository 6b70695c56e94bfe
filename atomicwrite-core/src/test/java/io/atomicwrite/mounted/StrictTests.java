package io.atomicwrite.mounted;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataReport;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The default safety policy writes rightly or refuses before it has touched anything, on
 * every filesystem.
 */
@Mounts
@RequiresRoot
class StrictTests {

	private static final byte[] OLD = "old content".getBytes(StandardCharsets.UTF_8);

	private static final byte[] NEW = "new content, longer".getBytes(StandardCharsets.UTF_8);

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path temp;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource
	void writeIsDoneRightOrRefused(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Path point = mounted.point();
			GuaranteeReport report = Reports.of(this.template, point);
			if (report.filesystem().kind() == FilesystemClass.READ_ONLY) {
				assertNothingCanBeWritten(point);
				return;
			}
			assertNewFile(point);
			assertReplacedFile(point);
			assertNotOverwritten(point, report.capabilities().contains(Capability.NO_CLOBBER));
			assertExactMode(point);
		}
	}

	private void assertNothingCanBeWritten(Path point) {
		List<String> before = DirectoryContent.of(point);
		for (String name : new String[] { "file", "new", "created/with/it" }) {
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> this.template.write(point.resolve(name), NEW))
				.satisfies((ex) -> assertRefused(point, before, ex));
		}
	}

	/** Whoever requires durability is refused on every filesystem that has none. */
	@ParameterizedTest
	@EnumSource(names = { "TMPFS", "RAMFS", "OVERLAY_ON_TMPFS" })
	void memoryIsRefusedWhereDurabilityIsRequired(RealFilesystem filesystem) {
		WriteOptions durable = WriteOptions.engineDefaults()
			.with((o) -> o.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT));
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Path point = mounted.point();
			Reports.of(this.template, point);
			List<String> before = DirectoryContent.of(point);
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> this.template.write(point.resolve("created/file"), NEW, durable))
				.satisfies((ex) -> assertRefused(point, before, ex));
		}
	}

	private void assertNewFile(Path point) {
		Path target = point.resolve("created/target");
		List<String> before = DirectoryContent.of(point);
		try {
			assertWritten(target, NEW, this.template.write(target, NEW));
			assertThat(DirectoryContent.of(target.getParent())).containsExactly("target");
		}
		catch (UnsupportedEnvironmentException | CapabilityNotSupportedException ex) {
			assertRefused(point, before, ex);
		}
	}

	private void assertReplacedFile(Path point) throws Exception {
		Path target = Files.write(point.resolve("replaced"), OLD);
		Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
		// some take a mode and forget it: what counts is what it is before the write
		String mode = mode(target);
		List<String> before = DirectoryContent.of(point);
		try {
			WriteResult result = this.template.write(target, NEW);
			assertWritten(target, NEW, result);
			assertThat(DirectoryContent.of(point)).isEqualTo(before);
			if (!result.metadata().notCarried().containsKey(MetadataReport.Kind.MODE)) {
				assertThat(mode(target)).isEqualTo(mode);
			}
		}
		catch (UnsupportedEnvironmentException | CapabilityNotSupportedException ex) {
			assertRefused(point, before, ex);
			assertThat(target).hasBinaryContent(OLD);
		}
	}

	private void assertNotOverwritten(Path point, boolean noClobber) {
		WriteOptions create = WriteOptions.engineDefaults().toBuilder().overwrite(false).build();
		Path target = point.resolve("fresh");
		List<String> before = DirectoryContent.of(point);
		try {
			assertWritten(target, OLD, this.template.write(target, OLD, create));
			assertThat(noClobber).isTrue();
			assertThatExceptionOfType(TargetExistsException.class)
				.isThrownBy(() -> this.template.write(target, NEW, create));
			assertThat(target).hasBinaryContent(OLD);
			assertThat(DirectoryContent.of(point)).hasSize(before.size() + 1).contains("fresh");
		}
		catch (UnsupportedEnvironmentException | CapabilityNotSupportedException ex) {
			assertRefused(point, before, ex);
		}
	}

	private void assertExactMode(Path point) throws Exception {
		Path target = point.resolve("secret");
		List<String> before = DirectoryContent.of(point);
		WriteOptions secret = WriteOptions.engineDefaults().toBuilder().mode(ModePolicy.exactly(0600)).build();
		try {
			assertWritten(target, NEW, this.template.write(target, NEW, secret));
			assertThat(mode(target)).isEqualTo("rw-------");
		}
		catch (AtomicWriteException ex) {
			assertRefused(point, before, ex);
		}
	}

	private void assertWritten(Path target, byte[] content, WriteResult result) {
		boolean memory = this.template.inspect(target).filesystem().kind() == FilesystemClass.LOCAL_POSIX_VOLATILE;
		assertThat(result.outcome()).isEqualTo(memory ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.DURABLE);
		assertThat(result.warnings()).hasSize(memory ? 1 : 0);
		assertThat(target).hasBinaryContent(content);
	}

	private static void assertRefused(Path point, List<String> before, AtomicWriteException ex) {
		assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
		assertThat(DirectoryContent.of(point)).isEqualTo(before);
	}

	private static String mode(Path file) throws Exception {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

}
