package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.DiskImage;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.ImageCut;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where durability is guaranteed, a write that has returned is on the disk: the disk is
 * copied at that moment and looked at as after a power cut. Protocols with a hole are
 * found out in the same way.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "losetup", "e2fsck" })
class CrashTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("disk-cuts", "power cuts",
			"the image of the disk is copied the moment a write has returned, mounted and looked at, on each set-up whose durability is guaranteed, and on bindfs, fuse-overlayfs and sshfs",
			"cuts", "CrashTests");

	/** A loss may be hidden by writeback that happens to come at the right moment. */
	private static final int ATTEMPTS = 20;

	private static final int ROUNDS = 4;

	private static final WriteOptions BEST_EFFORT = WriteOptions.engineDefaults()
		.toBuilder()
		.safety(SafetyPolicy.BEST_EFFORT)
		.build();

	private static final byte[] OLD = content(1, 100_000);

	private static final byte[] NEW = content(2, 4_000_000);

	@TempDir
	private Path temp;

	/** Disks in memory: how fast this machine's disk is does not matter here. */
	private Mounted memory;

	@BeforeEach
	void mountMemory() {
		this.memory = Mounted.tmpfs(this.temp, "size=4g");
	}

	@AfterEach
	void unmountMemory() {
		this.memory.close();
	}

	@ParameterizedTest
	@EnumSource
	void acknowledgedWriteSurvivesWhereThatIsGuaranteed(RealFilesystem filesystem) throws Exception {
		assertAcknowledgedWritesSurvive(filesystem, GuaranteeLevel.GUARANTEED);
	}

	/**
	 * Where the sync of the directory does nothing, the second sync of the file counts.
	 */
	@ParameterizedTest
	@EnumSource(names = { "BINDFS", "SSHFS", "FUSE_OVERLAYFS" })
	void acknowledgedWriteSurvivesBelowAProcess(RealFilesystem filesystem) throws Exception {
		assertAcknowledgedWritesSurvive(filesystem, GuaranteeLevel.BEST_EFFORT);
	}

	private void assertAcknowledgedWritesSurvive(RealFilesystem filesystem, GuaranteeLevel level) throws Exception {
		List<Cut> cuts = new ArrayList<>();
		try (MountedFilesystem mounted = filesystem.mount(this.temp); var template = template()) {
			Path point = mounted.point();
			if (Reports.of(template, point).level(Guarantee.CRASH_DURABILITY) != level) {
				return;
			}
			DiskImage disk = mounted.disk();
			assertThat(disk).as("a guarantee without a disk").isNotNull();
			for (Step step : steps(point)) {
				assertThat(template.write(step.target, step.content, BEST_EFFORT).outcome())
					.isEqualTo(WriteOutcome.DURABLE);
				ImageCut cut = ImageCut.of(disk, this.temp.resolve("cut" + cuts.size()));
				cuts.add(new Cut(cut, mounted.onDisk(step.target), step.content));
			}
		}
		TALLY.add(cuts.size());
		for (Cut cut : cuts) {
			assertThat(contentAfter(cut.image, cut.file)).as(cut.file.toString()).isEqualTo(name(cut.content));
		}
	}

	private AtomicFileTemplate template() {
		return AtomicFileTemplate.builder().files(new DisksInMemory(FileOps.system(), this.temp)).build();
	}

	/** A loss may need several rounds: the first finds a disk that is nearly empty. */
	private static List<Step> steps(Path point) {
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			Path target = point.resolve("target" + i);
			steps.add(new Step(target, OLD));
			steps.add(new Step(target, NEW));
			steps.add(new Step(point.resolve("created" + i + "/with/it"), NEW));
		}
		return steps;
	}

	@ParameterizedTest
	@CsvSource({ "EXT4,false", "EXT4,true", "XFS,false", "XFS,true", "BTRFS,false", "BTRFS,true" })
	void writeWithoutSyncOfTheDirectoryIsLostWhole(RealFilesystem filesystem, boolean replacing) throws Exception {
		String found = contentAfterLoss(filesystem, new DroppingFileOps(FileOps.system(), Op.SYNC_DIRECTORY),
				replacing);
		assertThat(found).isEqualTo(name(replacing ? OLD : null));
	}

	@ParameterizedTest
	@CsvSource({ "EXT4,false", "EXT4,true", "XFS,false", "XFS,true", "BTRFS,false", "BTRFS,true" })
	void writeWithoutSyncOfTheFileIsTorn(RealFilesystem filesystem, boolean replacing) throws Exception {
		String found = contentAfterLoss(filesystem, new DroppingFileOps(FileOps.system(), Op.SYNC), replacing);
		assertThat(found).isNotEqualTo(name(NEW));
	}

	@Test
	void volatileOverlayLosesWhatItAcknowledges() throws Exception {
		assertThat(contentAfterLoss(RealFilesystem.OVERLAY_VOLATILE, FileOps.system(), false)).isNotEqualTo(name(NEW));
	}

	@ParameterizedTest
	@EnumSource(names = { "TMPFS", "RAMFS", "OVERLAY_ON_TMPFS", "OVERLAY_VOLATILE", "EXT4_NOBARRIER", "EXT4_NO_JOURNAL",
			"EXT4_WRITEBACK", "EXT2" })
	void nothingIsGuaranteedWhereThePowerCutTakesIt(RealFilesystem filesystem) {
		try (MountedFilesystem mounted = filesystem.mount(this.temp); var template = template()) {
			assertThat(Reports.of(template, mounted.point()).level(Guarantee.CRASH_DURABILITY))
				.isLessThan(GuaranteeLevel.GUARANTEED);
		}
	}

	/** Writes and cuts until the cut does not show what was acknowledged. */
	private String contentAfterLoss(RealFilesystem filesystem, FileOps files, boolean replacing) throws IOException {
		for (int i = 0; i < ATTEMPTS; i++) {
			Path directory = Files.createDirectory(this.temp.resolve("attempt" + i));
			String found = contentAfterWrite(filesystem, directory, files, replacing);
			if (!found.equals(name(NEW))) {
				TALLY.control((files instanceof DroppingFileOps) ? files.toString() : filesystem.name(), i + 1, 1);
				return found;
			}
		}
		throw new AssertionError("nothing was lost in " + ATTEMPTS + " cuts on " + filesystem);
	}

	private String contentAfterWrite(RealFilesystem filesystem, Path directory, FileOps files, boolean replacing)
			throws IOException {
		ImageCut cut;
		Path onDisk;
		try (MountedFilesystem mounted = filesystem.mount(directory);
				var template = AtomicFileTemplate.builder().files(files).build()) {
			Path target = mounted.point().resolve("target");
			Reports.of(template, mounted.point());
			if (replacing) {
				Files.write(target, OLD);
				Shell.run("sync", "-f", target.toString());
			}
			assertThat(template.write(target, NEW, BEST_EFFORT).outcome()).isEqualTo(WriteOutcome.DURABLE);
			DiskImage disk = Objects.requireNonNull(mounted.disk());
			cut = ImageCut.of(disk, directory.resolve("cut"));
			onDisk = mounted.onDisk(target);
			assertThat(target).hasBinaryContent(NEW);
		}
		return contentAfter(cut, onDisk);
	}

	private String contentAfter(ImageCut cut, Path file) throws IOException {
		Path point = Files.createDirectories(this.temp.resolve("after"));
		try (Mounted mounted = cut.open(point)) {
			Path found = mounted.point().resolve(file.toString());
			return name(Files.exists(found) ? Files.readAllBytes(found) : null);
		}
	}

	private static byte[] content(long seed, int size) {
		byte[] bytes = new byte[size];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

	private static String name(byte @Nullable [] found) {
		if (found == null) {
			return "none";
		}
		if (Arrays.equals(found, NEW)) {
			return "new";
		}
		return Arrays.equals(found, OLD) ? "old" : "torn, of " + found.length + " bytes";
	}

	private record Step(Path target, byte[] content) {
	}

	private record Cut(ImageCut image, Path file, byte[] content) {
	}

}
