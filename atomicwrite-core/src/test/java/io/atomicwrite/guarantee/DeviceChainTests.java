package io.atomicwrite.guarantee;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.atomicwrite.GuaranteeLevel.BEST_EFFORT;
import static io.atomicwrite.GuaranteeLevel.GUARANTEED;
import static io.atomicwrite.GuaranteeLevel.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chains of devices, files and filesystems are followed to their end, and promise no more
 * than the weakest link. On simulated trees of {@code /sys} and {@code /proc}.
 */
class DeviceChainTests {

	private static final Path DATA = Path.of("/data");

	private static final String DISK = "/sys/devices/pci0000:00/ata1/block/";

	private static final String VIRTUAL = "/sys/devices/virtual/block/";

	private final Machine machine = new Machine();

	DeviceChainTests() {
		this.machine.device(DISK, "sda", "8:0");
		this.machine.device(DISK + "sda/", "sda1", "8:1");
		this.machine.file(DISK + "sda/sda1/partition", "1");
		this.machine.device(DISK, "sdb", "8:16");
		this.machine.mount("/", "ext4", "/dev/sda1", "8:1");
		this.machine.file("/proc/fs/ext4/sda1/options", "rw\ndata=ordered\n");
		this.machine.mount("/shm", "tmpfs", "tmpfs", "0:30");
	}

	@Test
	void partitionOfADiskIsADisk() throws Exception {
		this.machine.mount("/data", "xfs", "/dev/sda1", "8:1");
		assertThat(durability().level()).isEqualTo(GUARANTEED);
	}

	@Test
	void partitionOfALoopDeviceLiesInItsFile() throws Exception {
		loop("loop0", "7:0", "/shm/disk.img");
		this.machine.device(VIRTUAL + "loop0/", "loop0p1", "259:0");
		this.machine.file(VIRTUAL + "loop0/loop0p1/partition", "1");
		this.machine.mount("/data", "xfs", "/dev/loop0p1", "259:0");
		assertWeak(UNSUPPORTED, "/shm/disk.img", "tmpfs");
	}

	@Test
	void loopInAFileOfALoopIsFollowedToItsEnd() throws Exception {
		for (int i = 0; i < 12; i++) {
			loop("loop" + i, "7:" + i, (i == 0) ? "/shm/disk.img" : "/loop" + (i - 1) + "/disk.img");
			this.machine.mount("/loop" + i, "xfs", "/dev/loop" + i, "7:" + i);
		}
		this.machine.mount("/data", "xfs", "/dev/loop11", "7:11");
		assertWeak(UNSUPPORTED, "/loop10/disk.img", "/shm/disk.img");
	}

	@Test
	void circleOfLoopsEnds() throws Exception {
		loop("loop0", "7:0", "/data/disk.img");
		this.machine.mount("/data", "xfs", "/dev/loop0", "7:0");
		assertThat(durability().level()).isEqualTo(BEST_EFFORT);
	}

	@Test
	void loopWhoseFileIsNotVisibleMayBeInMemory() throws Exception {
		loop("loop0", "7:0", "/srv/unknown/disk.img");
		this.machine.mount("/data", "xfs", "/dev/loop0", "7:0");
		assertWeak(BEST_EFFORT, "/srv/unknown/disk.img", "not visible");
		this.machine.files.remove(Path.of(VIRTUAL + "loop0/loop/backing_file"));
		assertWeak(BEST_EFFORT, "loop0", "not visible");
	}

	@Test
	void loopWhoseFileWasDeletedIsLostWithTheDevice() throws Exception {
		loop("loop0", "7:0", "/home/disk.img (deleted)");
		this.machine.absent.add(Path.of("/home/disk.img (deleted)"));
		this.machine.mount("/data", "xfs", "/dev/loop0", "7:0");
		assertWeak(UNSUPPORTED, "/home/disk.img", "deleted");
	}

	/** In another mount namespace the same path is another file. */
	@Test
	void loopWhoseFileIsTooSmallIsAnotherFile() throws Exception {
		loop("loop0", "7:0", "/home/disk.img");
		this.machine.mount("/data", "xfs", "/dev/loop0", "7:0");
		this.machine.file(VIRTUAL + "loop0/size", "2048\n");
		this.machine.file(VIRTUAL + "loop0/loop/offset", "512\n");
		this.machine.file("/home/disk.img", "x".repeat(2048 * 512));
		assertWeak(BEST_EFFORT, "another one");
		this.machine.file("/home/disk.img", "x".repeat(2049 * 512));
		assertThat(durability().level()).isEqualTo(GUARANTEED);
	}

	@ParameterizedTest
	@CsvSource({ "dm-0,253:0", "md0,9:0", "bcache0,252:0" })
	void deviceOfDevicesIsAsWeakAsTheWeakest(String device, String number) throws Exception {
		this.machine.device(VIRTUAL, device, number);
		this.machine.file(VIRTUAL + device + "/slaves/sda1", "");
		this.machine.mount("/data", "xfs", "/dev/mapper/vg-data", number);
		assertThat(durability().level()).isEqualTo(GUARANTEED);
		this.machine.file(VIRTUAL + device + "/slaves/loop0", "");
		loop("loop0", "7:0", "/shm/disk.img");
		assertWeak(UNSUPPORTED, "loop0", "/shm/disk.img");
		this.machine.files.keySet().removeIf((file) -> file.toString().contains("/slaves/"));
		assertWeak(BEST_EFFORT, device);
	}

	@Test
	void deviceOfAnUnknownDeviceMayBeInMemory() throws Exception {
		this.machine.device(VIRTUAL, "dm-0", "253:0");
		this.machine.file(VIRTUAL + "dm-0/slaves/sdx", "");
		this.machine.mount("/data", "xfs", "/dev/dm-0", "253:0");
		assertWeak(BEST_EFFORT, "sdx", "/sys");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nbd0", "rbd0", "rnbd0", "drbd0", "etherd!e0.0", "ublkb0" })
	void deviceThatAnotherServesIsBestEffort(String device) throws Exception {
		this.machine.device("/sys/devices/somewhere/", device, "43:0");
		this.machine.mount("/data", "xfs", "/dev/" + device, "43:0");
		assertWeak(BEST_EFFORT, device, "another machine");
	}

	@ParameterizedTest
	@CsvSource({ "/sys/devices/platform/host3/session1/target3:0:0/block/,sdc",
			"/sys/devices/virtual/nvme-fabrics/ctl/nvme1/,nvme1n1" })
	void diskBehindANetworkIsBestEffort(String place, String device) throws Exception {
		this.machine.device(place, device, "8:32");
		this.machine.mount("/data", "xfs", "/dev/" + device, "8:32");
		assertWeak(BEST_EFFORT, device);
	}

	@ParameterizedTest
	@CsvSource({ "pcie,GUARANTEED", "tcp,BEST_EFFORT", "rdma,BEST_EFFORT", "loop,BEST_EFFORT" })
	void nvmeOfSeveralPathsIsADiskIfItsTransportIs(String transport, GuaranteeLevel level) throws Exception {
		String subsystem = "/sys/devices/virtual/nvme-subsystem/nvme-subsys0/";
		this.machine.device(subsystem, "nvme0n1", "259:1");
		this.machine.file(subsystem + "nvme0/transport", transport + "\n");
		this.machine.mount("/data", "xfs", "/dev/nvme0n1", "259:1");
		assertThat(durability().level()).isEqualTo(level);
	}

	@ParameterizedTest
	@CsvSource({ VIRTUAL + ",ram0", VIRTUAL + ",zram0", VIRTUAL + ",nullb0",
			"/sys/devices/pseudo_0/adapter0/block/,sdd" })
	void deviceInMemoryIsGoneWithThePower(String place, String device) throws Exception {
		this.machine.device(place, device, "1:0");
		this.machine.mount("/data", "xfs", "/dev/" + device, "1:0");
		assertWeak(UNSUPPORTED, device, "in memory");
	}

	@ParameterizedTest
	@CsvSource({ VIRTUAL + ",zd0", VIRTUAL + ",unheard0", "/sys/devices/LNXSYSTM:00/block/,pmem0",
			VIRTUAL + ",mtdblock0" })
	void deviceThatDoesNotShowItsStoreIsBestEffort(String place, String device) throws Exception {
		this.machine.device(place, device, "230:0");
		this.machine.mount("/data", "xfs", "/dev/" + device, "230:0");
		assertWeak(BEST_EFFORT, device, "not visible");
	}

	@ParameterizedTest
	@ValueSource(strings = { "logdev", "rtdev" })
	void deviceOfALogCounts(String option) throws Exception {
		loop("loop0", "7:0", "/shm/log.img");
		this.machine.mount("/data", "xfs", "/dev/sdb", "8:16", option + "=/dev/loop0");
		assertWeak(UNSUPPORTED, option, "/shm/log.img");
		this.machine.mount("/data", "xfs", "/dev/sdb", "8:16", option + "=/dev/sda1");
		assertThat(durability().level()).isEqualTo(GUARANTEED);
		this.machine.mount("/data", "xfs", "/dev/sdb", "8:16", option + "=/dev/unknown");
		assertWeak(BEST_EFFORT, "/dev/unknown");
	}

	@ParameterizedTest
	@CsvSource({ "jbd2/sdb-8,GUARANTEED", "jbd2/loop0,UNSUPPORTED", "jbd2/sda1,GUARANTEED", "jbd2/sdx,BEST_EFFORT",
			"kworker,GUARANTEED" })
	void deviceOfAnExternalJournalCounts(String thread, GuaranteeLevel level) throws Exception {
		loop("loop0", "7:0", "/shm/journal.img");
		this.machine.mount("/data", "ext4", "/dev/sdb", "8:16");
		this.machine.file("/proc/fs/ext4/sdb/options", "rw\ndata=ordered\n");
		this.machine.file("/sys/fs/ext4/sdb/journal_task", "321\n");
		this.machine.file("/proc/321/comm", thread + "\n");
		assertThat(durability().level()).isEqualTo(level);
	}

	@Test
	void f2fsOnFurtherDevicesIsBestEffort() throws Exception {
		this.machine.mount("/data", "f2fs", "/dev/sdb", "8:16");
		this.machine.file(DISK + "sdb/size", "2000\n");
		this.machine.total = 2000 * 512;
		assertThat(durability().level()).isEqualTo(GUARANTEED);
		this.machine.total++;
		assertWeak(BEST_EFFORT, "further devices");
	}

	@Test
	void btrfsIsFollowedToEachOfItsDevices() throws Exception {
		this.machine.mount("/data", "btrfs", "/dev/sdb", "0:45");
		assertWeak(BEST_EFFORT, "/sys/fs/btrfs");
		this.machine.file("/sys/fs/btrfs/features/raid1c34", "0");
		this.machine.file("/sys/fs/btrfs/other/devices/sdc", "");
		this.machine.file("/sys/fs/btrfs/id/devices/sdb", "");
		this.machine.file("/sys/fs/btrfs/id/devices/sda1", "");
		assertThat(durability().level()).isEqualTo(GUARANTEED);
		loop("loop3", "7:3", "/shm/disk.img");
		this.machine.file("/sys/fs/btrfs/id/devices/loop3", "");
		assertWeak(UNSUPPORTED, "loop3", "/shm/disk.img", "tmpfs");
	}

	@Test
	void btrfsOnAMappedDeviceIsFoundByItsName() throws Exception {
		this.machine.mount("/data", "btrfs", "/dev/mapper/vg-data", "0:45");
		this.machine.device(VIRTUAL, "dm-3", "253:3");
		this.machine.file(VIRTUAL + "dm-3/dm/name", "vg-data\n");
		this.machine.file("/sys/class/block/dm-3/dm/name", "vg-data\n");
		this.machine.file(VIRTUAL + "dm-3/slaves/sdb", "");
		this.machine.file("/sys/fs/btrfs/id/devices/dm-3", "");
		assertThat(durability().level()).isEqualTo(GUARANTEED);
		this.machine.mount("/data", "btrfs", "/dev/root", "0:45");
		assertWeak(BEST_EFFORT, "/dev/root");
	}

	@Test
	void overlayOverBtrfsInAFileInMemoryIsFollowed() throws Exception {
		loop("loop3", "7:3", "/shm/disk.img");
		this.machine.mount("/pool", "btrfs", "/dev/loop3", "0:45");
		this.machine.file("/sys/fs/btrfs/id/devices/loop3", "");
		this.machine.mount("/data", "overlay", "overlay", "0:50", "upperdir=/pool/upper");
		assertWeak(UNSUPPORTED, "upper layer", "/shm/disk.img");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecryptfs", "fuse", "fuse.bindfs", "fuse.gocryptfs", "fuse.mergerfs", "aufs" })
	void whatIsPassedOnToMemoryIsInMemory(String type) throws Exception {
		this.machine.mount("/data", type, "/shm/private", "0:60");
		assertWeak(UNSUPPORTED, "/shm/private", "tmpfs");
		this.machine.mount("/data", type, "/home/private", "0:60");
		assertThat(durability().level()).isEqualTo(BEST_EFFORT);
		this.machine.mount("/data", type, type, "0:60");
		assertThat(durability().level()).isEqualTo(BEST_EFFORT);
	}

	@ParameterizedTest
	@CsvSource({ "bcachefs,/dev/sdb:/dev/loop0", "fuse.ext4,/dev/loop0", "fuse.ext4,/shm/disk.img" })
	void sourceInMemoryTakesTheLevelAway(String type, String source) throws Exception {
		loop("loop0", "7:0", "/shm/disk.img");
		this.machine.mount("/data", type, source, "0:61");
		assertWeak(UNSUPPORTED, "/shm/disk.img", "in memory");
	}

	@ParameterizedTest
	@CsvSource({ "nfs4,/shm/x", "virtiofs,/shm/x", "9p,/shm/x", "zfs,pool/data" })
	void sourceOfAServerIsNoPathOfThisMachine(String type, String source) throws Exception {
		this.machine.mount("/data", type, source, "0:62");
		assertThat(durability().level()).isEqualTo(BEST_EFFORT);
	}

	@Test
	void levelIsLookedUpAgainWhereSomethingLiesBeneath() {
		loop("loop0", "7:0", "/home/disk.img");
		Ground stacked = new GroundSurvey(this.machine).of(new Mount(DATA, "xfs", "/dev/loop0", "7:0", List.of("rw")));
		Ground plain = new GroundSurvey(this.machine).of(new Mount(DATA, "xfs", "/dev/sdb", "8:16", List.of("rw")));
		Ground unseen = new GroundSurvey(this.machine).of(new Mount(DATA, "xfs", "/dev/sdz", "65:0", List.of("rw")));
		assertThat(List.of(stacked.stacked(), plain.stacked(), unseen.stacked())).containsExactly(true, false, true);
	}

	private void loop(String name, String number, String file) {
		this.machine.device(VIRTUAL, name, number);
		this.machine.file(VIRTUAL + name + "/loop/backing_file", file + "\n");
		this.machine.mounts.computeIfAbsent(Path.of("/home"),
				(home) -> new Mount(home, "xfs", "/dev/sdb", "8:16", List.of("rw")));
	}

	private void assertWeak(GuaranteeLevel level, String... reason) throws IOException {
		Assessment found = durability();
		assertThat(found.level()).as(found.reason()).isEqualTo(level);
		assertThat(found.reason()).contains(reason);
	}

	private Assessment durability() throws IOException {
		GuaranteeReport report = new GuaranteeInspector(this.machine).inspectDirectory(DATA);
		assertThat(report.filesystem().mountPoint()).isEqualTo(DATA);
		return report.assessment(Guarantee.CRASH_DURABILITY);
	}

	/**
	 * A simulated machine: mounts, whose every path exists, and files of {@code /sys} and
	 * {@code /proc}.
	 */
	private static final class Machine extends ForwardingFileOps {

		private final Map<Path, Mount> mounts = new HashMap<>();

		private final Map<Path, Path> links = new HashMap<>();

		private final Map<Path, String> files = new HashMap<>();

		private final Set<Path> absent = new TreeSet<>(Set.of(Path.of("/srv/unknown/disk.img")));

		private long total;

		Machine() {
			super(FileOps.system());
		}

		void device(String place, String name, String number) {
			Path entry = Path.of(place, name);
			this.links.put(Path.of("/sys/dev/block", number), entry);
			this.links.put(Path.of("/sys/class/block", name), entry);
		}

		void file(String path, String content) {
			this.files.put(Path.of(path), content);
		}

		void mount(String point, String type, String source, String device, String... options) {
			this.mounts.put(Path.of(point), new Mount(Path.of(point), type, source, device, List.of(options)));
		}

		private static boolean isSimulated(Path path) {
			return path.startsWith("/sys") || path.startsWith("/proc") || path.startsWith("/dev");
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			for (Path path = canonical; path != null; path = path.getParent()) {
				Mount mount = this.mounts.get(path);
				if (mount != null) {
					return mount;
				}
			}
			throw new NoSuchFileException(canonical.toString());
		}

		@Override
		public Path canonical(Path existing) throws IOException {
			Path found = this.links.getOrDefault(existing, existing);
			if (this.absent.contains(existing)
					|| isSimulated(existing) && found.equals(existing) && !this.files.containsKey(existing)) {
				throw new NoSuchFileException(existing.toString());
			}
			return found;
		}

		@Override
		public FileStat.Kind kind(Path path) {
			return path.toString().endsWith(".img") ? FileStat.Kind.REGULAR : FileStat.Kind.DIRECTORY;
		}

		@Override
		public long size(Path file) {
			return this.files.getOrDefault(file, "").length();
		}

		@Override
		public DiskSpace space(Path path) throws IOException {
			return new DiskSpace(0, this.total, java.util.OptionalLong.empty());
		}

		@Override
		public void list(Path directory, NameVisitor visitor) throws IOException {
			Set<String> names = new TreeSet<>();
			for (Set<Path> paths : List.of(this.files.keySet(), this.links.keySet())) {
				paths.stream()
					.filter((path) -> path.startsWith(directory) && !path.equals(directory))
					.forEach((path) -> names.add(path.getName(directory.getNameCount()).toString()));
			}
			if (names.isEmpty()) {
				throw new NoSuchFileException(directory.toString());
			}
			for (String name : names) {
				visitor.visit(name);
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
