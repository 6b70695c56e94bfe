package io.atomicwrite.guarantee;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.PretendedMount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Levels by filesystem and mount options.
 */
class GuaranteeInspectorTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "ext4,local_posix_persistent,GUARANTEED,GUARANTEED,GUARANTEED",
			"xfs,local_posix_persistent,GUARANTEED,GUARANTEED,GUARANTEED",
			"ext2,local_posix_persistent,GUARANTEED,BEST_EFFORT,GUARANTEED",
			"vfat,local_posix_persistent,BEST_EFFORT,NON_TARGET,GUARANTEED",
			"tmpfs,local_posix_volatile,GUARANTEED,UNSUPPORTED,GUARANTEED",
			"overlay,overlay,GUARANTEED,BEST_EFFORT,GUARANTEED", "nfs4,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"cifs,network,NON_TARGET,BEST_EFFORT,BEST_EFFORT", "fuse.s3fs,network,NON_TARGET,NON_TARGET,NON_TARGET",
			"fuse.bindfs,fuse,NON_TARGET,BEST_EFFORT,BEST_EFFORT",
			"fuse.newest,fuse,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"never-heard-of,unknown,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"fakeowner,network,BEST_EFFORT,BEST_EFFORT,NON_TARGET",
			"fuse.grpcfuse,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"fuse.osxfs,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"drvfs,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT", "virtiofs,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"9p,network,BEST_EFFORT,BEST_EFFORT,BEST_EFFORT",
			"squashfs,read_only,UNSUPPORTED,UNSUPPORTED,UNSUPPORTED" })
	void levelsByType(String type, String kind, GuaranteeLevel visibility, GuaranteeLevel durability,
			GuaranteeLevel exclusion) throws Exception {
		GuaranteeReport report = inspect(type);
		assertThat(report.filesystem().kind().id()).isEqualTo(kind);
		assertThat(report.level(Guarantee.ATOMIC_VISIBILITY)).isEqualTo(visibility);
		assertThat(report.level(Guarantee.CRASH_DURABILITY)).isEqualTo(durability);
		assertThat(report.level(Guarantee.WRITER_EXCLUSION)).isEqualTo(exclusion);
		assertThat(report.guarantees().values())
			.allSatisfy((assessment) -> assertThat(assessment.reason()).isNotBlank());
	}

	@ParameterizedTest
	@CsvSource({ "ext4,nobarrier,CRASH_DURABILITY", "ext4,barrier=0,CRASH_DURABILITY",
			"overlay,volatile,CRASH_DURABILITY", "overlay,fsync=volatile,CRASH_DURABILITY",
			"nfs,nolock,WRITER_EXCLUSION", "nfs4,local_lock=all,WRITER_EXCLUSION", "cifs,nobrl,WRITER_EXCLUSION",
			"cifs,nostrictsync,CRASH_DURABILITY", "f2fs,checkpoint=disable:0,CRASH_DURABILITY",
			"f2fs,checkpoint=disable,CRASH_DURABILITY", "f2fs,disable_roll_forward,CRASH_DURABILITY",
			"f2fs,norecovery,CRASH_DURABILITY" })
	void optionsTakeAway(String type, String option, Guarantee guarantee) throws Exception {
		GuaranteeReport report = inspect(type, "rw", option);
		assertThat(report.level(guarantee)).isEqualTo(GuaranteeLevel.NON_TARGET);
		assertThat(report.assessment(guarantee).reason()).contains(option.replace(":0", ""));
	}

	/** The sources of what is not measured are named. */
	@ParameterizedTest
	@CsvSource({ "fakeowner,for-mac#7004,two processes", "fuse.grpcfuse,for-mac#7274,host", "osxfs,for-mac#7274,host",
			"virtiofs,kata-containers#3410,virtiofsd", "9p,WSL#5762,Windows", "drvfs,WSL#5019,Windows" })
	void rowsOfDesktopEnginesNameTheirSources(String type, String source, String reason) throws Exception {
		assertThat(FilesystemMatrix.of(type).source()).contains(source);
		assertThat(inspect(type).assessment(Guarantee.WRITER_EXCLUSION).reason()).contains(reason);
	}

	@Test
	void optionNeverLifts() throws Exception {
		assertThat(inspect("tmpfs", "nobarrier").level(Guarantee.CRASH_DURABILITY))
			.isEqualTo(GuaranteeLevel.UNSUPPORTED);
	}

	@ParameterizedTest
	@CsvSource({ "ro", "emergency_ro" })
	void readOnlyMountPromisesNothing(String option) throws Exception {
		GuaranteeReport report = inspect("ext4", option);
		assertThat(report.filesystem().kind()).isEqualTo(FilesystemClass.READ_ONLY);
		assertThat(report.level(Guarantee.ATOMIC_VISIBILITY)).isEqualTo(GuaranteeLevel.UNSUPPORTED);
	}

	@Test
	void objectStoreHasNoAtomicWrite() throws Exception {
		assertThat(inspect("fuse.s3fs").capabilities()).doesNotContain(Capability.ATOMIC_WRITE);
	}

	@Test
	void pathThatDoesNotExistIsJudgedByItsNearestDirectory() throws Exception {
		GuaranteeReport report = new GuaranteeInspector(FileOps.system()).inspect(this.directory.resolve("a/b/c"));
		assertThat(report.path()).isEqualTo(this.directory.toRealPath());
		Path file = Files.createFile(this.directory.resolve("f"));
		assertThat(new GuaranteeInspector(FileOps.system()).inspect(file).path())
			.isEqualTo(this.directory.toRealPath());
	}

	private GuaranteeReport inspect(String type, String... options) throws Exception {
		return new GuaranteeInspector(new PretendedMount(FileOps.system(), type, options)).inspect(this.directory);
	}

}
