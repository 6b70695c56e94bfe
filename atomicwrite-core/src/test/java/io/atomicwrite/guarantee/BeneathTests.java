package io.atomicwrite.guarantee;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Levels that depend on what lies beneath a mount, on simulated machines.
 */
class BeneathTests {

	private static final Path DATA = Path.of("/data");

	private final Machine machine = new Machine();

	@Test
	void overlayHasTheLevelsOfItsUpperLayer() throws Exception {
		this.machine.mounts.put(DATA, overlay("upperdir=/disk/upper"));
		this.machine.mounts.put(Path.of("/disk/upper"), mount("xfs", ""));
		GuaranteeReport report = inspect();
		assertThat(report.level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.GUARANTEED);
		assertThat(report.filesystem().kind()).isEqualTo(FilesystemClass.OVERLAY);
		assertThat(report.filesystem().beneath()).extracting(Filesystem::type).isEqualTo("xfs");
	}

	@Test
	void overlayOverAFilesystemInMemoryIsNotDurable() throws Exception {
		this.machine.mounts.put(DATA, overlay("upperdir=/shm/upper"));
		this.machine.mounts.put(Path.of("/shm/upper"), mount("tmpfs", ""));
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		assertThat(durability.reason()).contains("upper layer", "tmpfs", "not a reboot");
	}

	@Test
	void overlayLacksWhatItsUpperLayerLacks() throws Exception {
		this.machine.mounts.put(DATA, overlay("upperdir=/fat/upper"));
		this.machine.mounts.put(Path.of("/fat/upper"), mount("vfat", ""));
		assertThat(inspect().capabilities()).doesNotContain(Capability.NO_CLOBBER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "upperdir=/var/lib/containers/x/diff", "upperdir=relative/upper", "lowerdir=/lower" })
	void overlayWhoseUpperLayerIsNotVisibleIsAtMostBestEffort(String option) throws Exception {
		this.machine.mounts.put(DATA, overlay(option));
		GuaranteeReport report = inspect();
		assertThat(report.level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(report.level(Guarantee.ATOMIC_VISIBILITY)).isEqualTo(GuaranteeLevel.GUARANTEED);
		assertThat(report.filesystem().beneath()).isNull();
	}

	@Test
	void circleOfOverlaysEnds() throws Exception {
		this.machine.mounts.put(DATA, overlay("upperdir=/data"));
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.BEST_EFFORT);
	}

	@Test
	void loopDeviceHasTheDurabilityOfItsFile() throws Exception {
		this.machine.mounts.put(DATA, mount("ext4", "7:3"));
		this.machine.links.put(Path.of("/sys/dev/block/7:3"), Path.of("/sys/devices/virtual/block/loop3"));
		this.machine.files.put(Path.of("/sys/devices/virtual/block/loop3/loop/backing_file"), "/shm/disk.img\n");
		this.machine.mounts.put(Path.of("/shm"), mount("tmpfs", ""));
		GuaranteeReport report = inspect();
		assertThat(report.level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		assertThat(report.assessment(Guarantee.CRASH_DURABILITY).reason()).contains("/shm/disk.img", "tmpfs");
		assertThat(report.level(Guarantee.ATOMIC_VISIBILITY)).isEqualTo(GuaranteeLevel.GUARANTEED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ram0", "zram1" })
	void deviceInMemoryIsGoneWithThePower(String device) throws Exception {
		this.machine.mounts.put(DATA, mount("ext4", "1:0"));
		this.machine.links.put(Path.of("/sys/dev/block/1:0"), Path.of("/sys/devices/virtual/block", device));
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		assertThat(durability.reason()).contains(device);
	}

	@Test
	void ext4WithoutAJournalIsAsGoodAsExt2() throws Exception {
		mountExt4OnAPartition("rw\nbarrier\ndata=ordered\n");
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.GUARANTEED);
		this.machine.files.put(Path.of("/proc/fs/ext4/sda1/options"), "rw\nbarrier\n");
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(durability.reason()).contains("no journal");
	}

	@ParameterizedTest
	@CsvSource({ "ext4, rw data=ordered, sda1-8, true", "ext4, data=journal rw, sda1-8, true",
			"ext4, data=writeback rw, sda1-8, false", "ext4, rw barrier, sda1-8, false",
			"ext4, rw nodata=ordered, sda1-8, false", "ext4, , sda1-8, false", "ext4, rw data=ordered, , false",
			"ext4, rw data=ordered, sdb1, false", "ext4, rw data=ordered, sda11-8, false", "xfs, , , true",
			"xfs, logdev=/dev/sdb, , false", "xfs, rtdev=/dev/sdb, , false", "btrfs, , , false", "ext3, , , false",
			"f2fs, , , false", "overlay, rw data=ordered, sda1-8, false" })
	void onlyAJournalOfItsOwnThatIsSeenKeepsTheOrder(String type, @Nullable String options, @Nullable String journal,
			boolean kept) throws Exception {
		List<String> mounted = (options != null) ? List.of(options.split(" ")) : List.of("rw");
		this.machine.mounts.put(DATA, new Mount(DATA, type, type, "8:1", mounted));
		this.machine.links.put(Path.of("/sys/dev/block/8:1"), Path.of("/sys/devices/pci/block/sda/sda1"));
		if (options != null) {
			this.machine.files.put(Path.of("/proc/fs/ext4/sda1/options"), options.replace(' ', '\n') + "\n");
		}
		if (journal != null) {
			this.machine.journals.add(journal);
		}
		assertThat(inspect().filesystem().keepsOrder()).isEqualTo(kept);
	}

	@ParameterizedTest
	@CsvSource({ "'', false", "0 commits/0 ineligible, false", "2 commits/0 ineligible, true",
			"10 commits/0 ineligible, true", "0 commits/1 ineligible, true" })
	void fastCommitsAreBestEffortAndKeepNoOrder(String statistics, boolean fast) throws Exception {
		mountExt4OnAPartition("rw\ndata=ordered\n");
		this.machine.journals.add("sda1-8");
		if (!statistics.isEmpty()) {
			this.machine.files.put(Path.of("/proc/fs/ext4/sda1/fc_info"),
					"fc stats:\n" + statistics.replace('/', '\n') + "\n");
		}
		assertThat(inspect().filesystem().keepsOrder()).isNotEqualTo(fast);
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(fast ? GuaranteeLevel.BEST_EFFORT : GuaranteeLevel.GUARANTEED);
		assertThat(durability.reason().contains("fast_commit")).isEqualTo(fast);
	}

	@Test
	void fastCommitsAreShownByTheOptionsOfAKernelForDebugging() throws Exception {
		mountExt4OnAPartition("rw\nfc_debug_force\ndata=ordered\n");
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.BEST_EFFORT);
	}

	@Test
	void whatIsNotVisibleIsAtMostBestEffort() throws Exception {
		this.machine.mounts.put(DATA, mount("xfs", "8:1"));
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(durability.reason()).contains("8:1", "/sys");
		this.machine.mounts.put(DATA, mount("ext4", "8:1"));
		this.machine.links.put(Path.of("/sys/dev/block/8:1"), Path.of("/sys/devices/pci/block/sda/sda1"));
		durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(durability.reason()).contains("journal", "/proc/fs/ext4");
	}

	@Test
	void syncLiftsFatAndNothingElse() throws Exception {
		this.machine.mounts.put(DATA, new Mount(DATA, "vfat", "/dev/sdb1", "8:17", List.of("rw", "sync")));
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.BEST_EFFORT);
		this.machine.mounts.put(DATA, new Mount(DATA, "jfs", "/dev/sdb1", "8:17", List.of("rw", "sync")));
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.NON_TARGET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ram0", "zram1" })
	void syncDoesNotLiftADeviceInMemory(String device) throws Exception {
		this.machine.mounts.put(DATA, new Mount(DATA, "vfat", "/dev/" + device, "1:0", List.of("rw", "sync")));
		this.machine.links.put(Path.of("/sys/dev/block/1:0"), Path.of("/sys/devices/virtual/block", device));
		Assessment durability = inspect().assessment(Guarantee.CRASH_DURABILITY);
		assertThat(durability.level()).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		assertThat(durability.reason()).contains(device);
	}

	@Test
	void syncDoesNotLiftWhatAFileInMemoryCanNotKeep() throws Exception {
		this.machine.mounts.put(DATA, new Mount(DATA, "vfat", "/dev/loop3", "7:3", List.of("rw", "sync")));
		this.machine.links.put(Path.of("/sys/dev/block/7:3"), Path.of("/sys/devices/virtual/block/loop3"));
		this.machine.files.put(Path.of("/sys/devices/virtual/block/loop3/loop/backing_file"), "/shm/disk.img\n");
		this.machine.mounts.put(Path.of("/shm"), mount("tmpfs", ""));
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.UNSUPPORTED);
	}

	@Test
	void optionOfAnotherFilesystemMeansNothing() throws Exception {
		this.machine.mounts.put(DATA, new Mount(DATA, "ext4", "/dev/sda1", "", List.of("rw", "volatile")));
		assertThat(inspect().level(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.GUARANTEED);
	}

	private void mountExt4OnAPartition(String options) {
		this.machine.mounts.put(DATA, mount("ext4", "8:1"));
		this.machine.links.put(Path.of("/sys/dev/block/8:1"), Path.of("/sys/devices/pci/block/sda/sda1"));
		this.machine.files.put(Path.of("/proc/fs/ext4/sda1/options"), options);
	}

	private GuaranteeReport inspect() throws IOException {
		return new GuaranteeInspector(this.machine).inspectDirectory(DATA);
	}

	private static Mount overlay(String option) {
		return new Mount(DATA, "overlay", "overlay", "0:50", List.of("rw", option));
	}

	private static Mount mount(String type, String device) {
		return new Mount(DATA, type, type, device, List.of("rw"));
	}

	/** A simulated machine, on which only the given mounts and files exist. */
	private static final class Machine extends ForwardingFileOps {

		private final Map<Path, Mount> mounts = new HashMap<>();

		private final Map<Path, Path> links = new HashMap<>();

		private final Map<Path, String> files = new HashMap<>();

		private final List<String> journals = new ArrayList<>();

		Machine() {
			super(FileOps.system());
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			Mount mount = this.mounts.get(canonical);
			if (mount == null) {
				throw new NoSuchFileException(canonical.toString());
			}
			return mount;
		}

		@Override
		public Path canonical(Path existing) throws IOException {
			if (existing.startsWith("/sys") && !this.links.containsKey(existing)) {
				throw new NoSuchFileException(existing.toString());
			}
			boolean known = this.mounts.containsKey(existing) || this.mounts.containsKey(existing.getParent());
			if (!existing.startsWith("/sys") && !known) {
				throw new NoSuchFileException(existing.toString());
			}
			return this.links.getOrDefault(existing, existing);
		}

		@Override
		public FileStat.Kind kind(Path path) {
			return this.mounts.containsKey(path) ? FileStat.Kind.DIRECTORY : FileStat.Kind.REGULAR;
		}

		@Override
		public void list(Path directory, NameVisitor visitor) throws IOException {
			if (!directory.equals(Path.of("/proc/fs/jbd2"))) {
				throw new NoSuchFileException(directory.toString());
			}
			for (String journal : this.journals) {
				visitor.visit(journal);
			}
		}

		@Override
		public InputStream openRead(Path file) throws IOException {
			String content = this.files.get(file);
			if (content == null) {
				throw new NoSuchFileException(file.toString());
			}
			return new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII));
		}

	}

}
