package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.LoopDevice;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The filesystem of a path is told rightly, however the path leads to it.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "losetup", "mkfs.ext4", "mkfs.xfs", "mkfs.btrfs" })
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

	/** The chain of each ends in memory, which none of them is by its nature. */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY,
			names = { "EXT[234]", "XFS", "BTRFS", "OVERLAY_ON_.*", "BIND", "BINDFS", "NTFS_3G" })
	void everyChainThatEndsInMemoryIsFollowedThereAndRefused(RealFilesystem filesystem) throws Exception {
		Path memory = Files.createDirectory(this.temp.resolve("memory"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=500m");
				MountedFilesystem disk = filesystem.mount(tmpfs.point())) {
			Path point = disk.point();
			Assessment durability = Reports.of(this.template, point).assessment(Guarantee.CRASH_DURABILITY);
			assertThat(durability.level()).as(durability.reason()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
			assertThat(durability.reason()).contains("tmpfs");
			assertThatExceptionOfType(AtomicWriteException.class)
				.isThrownBy(() -> this.template.write(point.resolve("f"), new byte[1]))
				.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.GATE));
		}
	}

	@Test
	void btrfsOfSeveralDevicesIsAsWeakAsTheWeakest() throws Exception {
		Path memory = Files.createDirectory(this.temp.resolve("memory"));
		Path point = Files.createDirectory(this.temp.resolve("point"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=500m");
				LoopDevice disk = LoopDevice.of(this.temp.resolve("disk.img"), "128M");
				LoopDevice weak = LoopDevice.of(tmpfs.point().resolve("weak.img"), "128M")) {
			Shell.run("mkfs.btrfs", "-q", "-d", "single", "-m", "raid1", disk.path(), weak.path());
			try (Mounted mounted = Mounted.by(point, "mount", disk.path(), point.toString())) {
				assertDurability(mounted.point(), GuaranteeLevel.UNSUPPORTED, weak.name(), "weak.img", "tmpfs");
			}
		}
	}

	@Test
	void externalLogAndJournalCount() throws Exception {
		Path memory = Files.createDirectory(this.temp.resolve("memory"));
		Path point = Files.createDirectory(this.temp.resolve("point"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=500m");
				LoopDevice disk = LoopDevice.of(this.temp.resolve("disk.img"), "300M");
				LoopDevice log = LoopDevice.of(tmpfs.point().resolve("log.img"), "128M")) {
			Shell.run("mkfs.xfs", "-q", "-f", "-l", "logdev=" + log.path() + ",size=100M", disk.path());
			try (Mounted mounted = Mounted.by(point, "mount", "-o", "logdev=" + log.path(), disk.path(),
					point.toString())) {
				assertDurability(mounted.point(), GuaranteeLevel.UNSUPPORTED, "logdev", "log.img", "tmpfs");
			}
			Shell.run("mkfs.ext4", "-q", "-F", "-b", "4096", "-O", "journal_dev", log.path());
			Shell.run("mkfs.ext4", "-q", "-F", "-b", "4096", "-J", "device=" + log.path(), disk.path());
			try (Mounted mounted = Mounted.by(point, "mount", "-t", "ext4", disk.path(), point.toString())) {
				assertDurability(mounted.point(), GuaranteeLevel.UNSUPPORTED, "journal", "log.img", "tmpfs");
			}
		}
	}

	@Test
	void loopInAFileOfALoopIsFollowed() throws Exception {
		Path memory = Files.createDirectory(this.temp.resolve("memory"));
		Path outer = Files.createDirectory(this.temp.resolve("outer"));
		Path inner = Files.createDirectory(this.temp.resolve("inner"));
		try (Mounted tmpfs = Mounted.tmpfs(memory, "size=500m");
				Mounted first = Mounted.image(tmpfs.point().resolve("first.img"), outer, "mkfs.ext4", "-q", "-F");
				LoopDevice file = LoopDevice.of(first.point().resolve("second.img"), "16M");
				LoopDevice device = LoopDevice.over(file.path())) {
			Shell.run("mkfs.ext4", "-q", "-F", device.path());
			try (Mounted second = Mounted.by(inner, "mount", device.path(), inner.toString())) {
				assertDurability(second.point(), GuaranteeLevel.UNSUPPORTED, "second.img", "first.img", "tmpfs");
			}
		}
	}

	@Test
	void fileOfALoopThatWasDeletedIsLost() throws Exception {
		Path point = Files.createDirectory(this.temp.resolve("point"));
		Path image = this.temp.resolve("deleted.img");
		try (Mounted mounted = Mounted.image(image, point, "mkfs.ext4", "-q", "-F")) {
			Files.delete(image);
			assertDurability(mounted.point(), GuaranteeLevel.UNSUPPORTED, "deleted.img", "was deleted");
		}
	}

	private void assertDurability(Path point, GuaranteeLevel level, String... reason) throws IOException {
		Assessment durability = Reports.of(this.template, point).assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).as(durability.reason()).isEqualTo(level);
		assertThat(durability.reason()).contains(reason);
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
