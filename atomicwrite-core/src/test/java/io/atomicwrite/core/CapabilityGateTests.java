package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Refusal before any I/O.
 */
class CapabilityGateTests {

	@TempDir
	private Path directory;

	@Test
	void strictRefusesBeforeAnyChange() {
		RecordingFileOps files = on("vfat");
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(files).write(this.directory.resolve("a/f"), new byte[1]))
			.withMessageContaining("CRASH_DURABILITY")
			.withMessageContaining("vfat")
			.withMessageContaining("left the target empty or unreadable")
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(WritePhase.GATE);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
				assertThat(ex.found()).isEqualTo(GuaranteeLevel.NON_TARGET);
				assertThat(ex.required()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
			});
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void memoryIsRefusedBeforeAnyChangeWhereDurabilityIsRequired() {
		RecordingFileOps files = on("tmpfs");
		WriteOptions options = WriteOptions.engineDefaults()
			.with((o) -> o.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT));
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(files).write(this.directory.resolve("a/f"), new byte[1], options))
			.withMessageContaining("CRASH_DURABILITY")
			.withMessageContaining("tmpfs")
			.withMessageContaining("survives a process, not a reboot")
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(WritePhase.GATE);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
				assertThat(ex.found()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
				assertThat(ex.required()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
			});
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void refusalTouchesTheTargetByNoMoreThanALook() throws Exception {
		Path target = Files.writeString(this.directory.resolve("f"), "old").toRealPath();
		RecordingFileOps files = on("jfs");
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(files).write(target, new byte[1]));
		// what it is, which the symlink policy must know, and whether it is a mount point
		assertThat(files.calls()).filteredOn((call) -> call.path().equals(target))
			.extracting(FileCall::op)
			.containsOnly(FileCall.Op.KIND, FileCall.Op.IS_MOUNT_POINT);
	}

	@Test
	void operationsWithoutAtomicWriteAreRefusedWithoutASingleCall() {
		RecordingFileOps files = new RecordingFileOps(new ForwardingFileOps(FileOps.system()) {
			@Override
			public Set<Capability> capabilities() {
				return EnumSet.complementOf(EnumSet.of(Capability.ATOMIC_WRITE));
			}
		});
		Path target = this.directory.resolve("f");
		for (SafetyPolicy safety : SafetyPolicy.values()) {
			WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(safety).build();
			assertThatExceptionOfType(CapabilityNotSupportedException.class)
				.isThrownBy(() -> template(files).write(target, new byte[1], options))
				.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.GATE));
			assertThatExceptionOfType(CapabilityNotSupportedException.class)
				.isThrownBy(() -> template(files).move(this.directory.resolve("g"), target, options));
			assertThatExceptionOfType(CapabilityNotSupportedException.class)
				.isThrownBy(() -> template(files).delete(target, options))
				.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.GATE));
		}
		assertThat(files.calls()).isEmpty();
	}

	@Test
	void warningIsToldToListenersForEachWriteMoveAndDelete() {
		List<String> told = new ArrayList<>();
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(on("tmpfs")).listener(new WriteListener() {
			@Override
			public void warned(Path target, String warning) {
				told.add(target.getFileName() + " " + warning);
			}
		}).defaults(WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build()).build();
		template.write(this.directory.resolve("f"), new byte[1]);
		template.write(this.directory.resolve("f"), new byte[1]);
		template.move(this.directory.resolve("f"), this.directory.resolve("g"));
		template.delete(this.directory.resolve("g"));
		assertThat(told).hasSize(4)
			.allSatisfy((warning) -> assertThat(warning).contains("CRASH_DURABILITY is UNSUPPORTED on tmpfs"));
	}

	@Test
	void warnWritesAndSaysSo() {
		WriteResult result = template(on("tmpfs")).write(this.directory.resolve("f"), new byte[1],
				WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build());
		assertThat(result.warnings()).singleElement().asString().contains("CRASH_DURABILITY", "tmpfs");
		assertThat(result.granted()).containsEntry(Guarantee.CRASH_DURABILITY, GuaranteeLevel.UNSUPPORTED);
	}

	@Test
	void bestEffortWritesInSilence() {
		WriteResult result = template(on("tmpfs")).write(this.directory.resolve("f"), new byte[1],
				WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build());
		assertThat(result.warnings()).isEmpty();
	}

	@Test
	void requiredLevelCountsWhateverThePolicy() {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(SafetyPolicy.BEST_EFFORT)
			.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.GUARANTEED)
			.build();
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(on("nfs4")).write(this.directory.resolve("f"), new byte[1], options));
	}

	@Test
	void exclusionThatTheWriteDoesNotAskForIsNotGranted() {
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(LockRequest.none())
			.require(Guarantee.WRITER_EXCLUSION, GuaranteeLevel.BEST_EFFORT)
			.build();
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(on("ext4")).write(this.directory.resolve("f"), new byte[1], options));
	}

	@Test
	void registryWithinOneProcessIsNoMoreThanBestEffort() {
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(on("ext4"))
			.locks(LockRegistry.inProcess())
			.build();
		WriteResult result = template.write(this.directory.resolve("f"), new byte[1]);
		assertThat(result.granted()).containsEntry(Guarantee.WRITER_EXCLUSION, GuaranteeLevel.BEST_EFFORT);
	}

	@Test
	void missingCapabilityIsRefusedBeforeAnyChange() {
		RecordingFileOps files = on("fuse.s3fs");
		for (SafetyPolicy safety : SafetyPolicy.values()) {
			assertThatExceptionOfType(CapabilityNotSupportedException.class)
				.isThrownBy(() -> template(files).write(this.directory.resolve("f"), new byte[1],
						WriteOptions.engineDefaults().toBuilder().safety(safety).build()))
				.satisfies((ex) -> assertThat(ex.capability()).isEqualTo(Capability.ATOMIC_WRITE));
		}
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
	}

	@Test
	void noClobberNeedsHardLinks() {
		RecordingFileOps files = on("exfat");
		template(files).write(this.directory.resolve("f"), new byte[1]);
		files.clear();
		assertThatExceptionOfType(CapabilityNotSupportedException.class)
			.isThrownBy(() -> template(files).write(this.directory.resolve("g"), new byte[1],
					WriteOptions.engineDefaults().toBuilder().overwrite(false).build()))
			.satisfies((ex) -> assertThat(ex.capability()).isEqualTo(Capability.NO_CLOBBER));
		assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
	}

	@ParameterizedTest
	@CsvSource({ "ext4,ro,REMOUNT_WRITABLE", "ext4,emergency_ro,REMOUNT_WRITABLE", "squashfs,ro,CHOOSE_DIRECTORY",
			"iso9660,ro,CHOOSE_DIRECTORY", "erofs,rw,CHOOSE_DIRECTORY", "tmpfs,ro,REMOUNT_WRITABLE" })
	void readOnlyMountIsRefusedWithItsReason(String type, String option, Remedy remedy) {
		RecordingFileOps files = new RecordingFileOps(new PretendedMount(FileOps.system(), type, option));
		assertThatExceptionOfType(UnsupportedEnvironmentException.class)
			.isThrownBy(() -> template(files).write(this.directory.resolve("f"), new byte[1]))
			.withMessageContaining("read-only")
			.satisfies((ex) -> assertThat(ex.problem().remedy()).isEqualTo(remedy));
		assertThat(List.copyOf(DirectoryContent.of(this.directory))).isEmpty();
	}

	private static RecordingFileOps on(String type) {
		return new RecordingFileOps(new PretendedMount(FileOps.system(), type));
	}

	private static AtomicFileTemplate template(FileOps files) {
		return AtomicFileTemplate.builder().files(files).build();
	}

}
