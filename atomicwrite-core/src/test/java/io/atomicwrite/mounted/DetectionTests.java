package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filesystem of a path is told rightly, however the path leads to it.
 */
@Mounts
@RequiresRoot
class DetectionTests {

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	private final GuaranteeInspector inspector = new GuaranteeInspector(FileOps.system());

	@TempDir
	private Path temp;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource
	void filesystemIsToldByEveryPathToIt(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Path point = mounted.point();
			Reports.of(this.template, point);
			assertIs(filesystem, point, point);
			assertIs(filesystem, point, point.resolve("missing"));
			assertIs(filesystem, point, point.resolve("missing/for/several/levels"));
			Path elsewhere = Files.createDirectory(this.temp.resolve("elsewhere"));
			Path link = Files.createSymbolicLink(elsewhere.resolve("link"), point);
			assertIs(filesystem, point, link);
			assertIs(filesystem, point, link.resolve("missing/below"));
			Path linkedDirectory = Files.createSymbolicLink(this.temp.resolve("linked"), elsewhere);
			assertIs(filesystem, point, linkedDirectory.resolve("link/missing"));
			if (filesystem.kind() != FilesystemClass.READ_ONLY) {
				Path sub = Files.createDirectories(point.resolve("sub/sub"));
				assertIs(filesystem, point, sub);
				assertIs(filesystem, point, Files.createSymbolicLink(elsewhere.resolve("deep"), sub));
			}
			Filesystem around = this.inspector.inspect(elsewhere).filesystem();
			assertThat(around.mountPoint()).isNotEqualTo(point);
		}
	}

	private void assertIs(RealFilesystem expected, Path point, Path path) throws IOException {
		Filesystem found = this.inspector.inspect(path).filesystem();
		assertThat(found.type()).as(path.toString()).isEqualTo(expected.type());
		assertThat(found.mountPoint()).as(path.toString()).isEqualTo(point);
		assertThat(found.kind()).as(path.toString()).isEqualTo(expected.kind());
	}

	@Test
	void uppermostOfStackedMountsCounts() throws Exception {
		Path point = Files.createDirectory(this.temp.resolve("point"));
		Path ext4 = Files.createDirectory(this.temp.resolve("ext4"));
		try (MountedFilesystem below = RealFilesystem.EXT4.mount(ext4)) {
			try (Mounted bound = Mounted.bind(below.point(), point)) {
				assertTypeSoon(bound.point(), "ext4");
				try (Mounted upper = Mounted.tmpfs(point, "size=1m")) {
					assertTypeSoon(upper.point(), "tmpfs");
					Files.createDirectory(point.resolve("sub"));
					assertTypeSoon(point.resolve("sub"), "tmpfs");
				}
				assertTypeSoon(point, "ext4");
			}
		}
	}

	@Test
	void mountOverAnInspectedDirectoryIsNoticedAndItsEndToo() throws Exception {
		Path directory = Files.createDirectory(this.temp.resolve("directory"));
		Filesystem before = this.template.inspect(directory).filesystem();
		for (int i = 0; i < 2; i++) {
			try (Mounted mounted = Mounted.tmpfs(directory, "size=1m")) {
				assertThat(this.template.inspect(directory).filesystem().mountPoint()).isEqualTo(mounted.point());
				assertThat(this.template.inspect(directory).filesystem().kind())
					.isEqualTo(FilesystemClass.LOCAL_POSIX_VOLATILE);
			}
			assertThat(this.template.inspect(directory).filesystem()).isEqualTo(before);
		}
	}

	@Test
	void remountForReadingOnlyIsNoticed() {
		try (Mounted mounted = Mounted.tmpfs(this.temp, "size=1m")) {
			assertTypeSoon(mounted.point(), "tmpfs");
			assertThat(this.template.inspect(this.temp).filesystem().kind())
				.isEqualTo(FilesystemClass.LOCAL_POSIX_VOLATILE);
			mounted.remount("ro");
			Reports.soon().untilAsserted(() -> assertReadOnly(this.template.inspect(this.temp)));
			mounted.remount("rw");
			Reports.soon()
				.untilAsserted(() -> assertThat(this.template.inspect(this.temp).filesystem().kind())
					.isEqualTo(FilesystemClass.LOCAL_POSIX_VOLATILE));
		}
	}

	@Test
	void diskInAFileInMemoryIsAsVolatileAsThat() throws Exception {
		Path memory = Files.createDirectory(this.temp.resolve("memory"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=200m");
				MountedFilesystem disk = RealFilesystem.EXT4.mount(tmpfs.point())) {
			Assessment durability = this.template.inspect(disk.point()).assessment(Guarantee.CRASH_DURABILITY);
			assertThat(durability.level()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
			assertThat(durability.reason()).contains("its device is the file " + tmpfs.point(), "tmpfs");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERLAY_ON_EXT4", "OVERLAY_ON_XFS", "OVERLAY_ON_BTRFS", "OVERLAY_ON_TMPFS" })
	void overlayShowsWhatItsUpperLayerLiesOn(RealFilesystem filesystem) {
		try (MountedFilesystem overlay = filesystem.mount(this.temp)) {
			Filesystem beneath = this.template.inspect(overlay.point()).filesystem().beneath();
			assertThat(beneath).isNotNull();
			assertThat(beneath.type()).isEqualTo(filesystem.name().substring(11).toLowerCase(Locale.ROOT));
		}
	}

	@Test
	void readOnlyBindOfADirectoryOfTheSameDeviceIsReadOnly() throws Exception {
		try (MountedFilesystem mounted = RealFilesystem.READ_ONLY_BIND.mount(this.temp)) {
			assertReadOnly(Reports.of(this.template, mounted.point()));
			Path source = this.temp.resolve("disk/below");
			GuaranteeReport writable = Reports.of(this.template, source.getParent());
			assertThat(Files.getAttribute(source, "unix:dev"))
				.isEqualTo(Files.getAttribute(mounted.point(), "unix:dev"));
			assertThat(writable.filesystem().kind()).isEqualTo(FilesystemClass.LOCAL_POSIX_PERSISTENT);
			assertThat(this.template.inspect(source).filesystem().mountPoint()).isEqualTo(source.getParent());
		}
	}

	private static void assertReadOnly(GuaranteeReport report) {
		assertThat(report.filesystem().kind()).isEqualTo(FilesystemClass.READ_ONLY);
		for (Guarantee guarantee : Guarantee.values()) {
			assertThat(report.level(guarantee)).as(guarantee.name()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		}
	}

	private void assertTypeSoon(Path path, String type) {
		Reports.soon()
			.untilAsserted(() -> assertThat(this.inspector.inspect(path).filesystem().type()).isEqualTo(type));
	}

}
