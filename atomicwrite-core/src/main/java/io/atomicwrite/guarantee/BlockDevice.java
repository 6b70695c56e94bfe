package io.atomicwrite.guarantee;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.Mount;

/**
 * A block device, as Linux exposes it in {@code /sys} and {@code /proc}. Whatever can't
 * be read there counts as unknown.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/abi-stable.html"> sysfs-block in the
 * documentation of the kernel</a>
 */
final class BlockDevice {

	private static final int LIMIT = 8192;

	private static final long SECTOR = 512;

	/** What is left of 15 characters behind {@code jbd2/}. */
	private static final int MAX_THREAD_NAME = 10;

	private final FileOps files;

	private final Path entry;

	private final String name;

	private BlockDevice(FileOps files, Path entry, String name) {
		this.files = files;
		this.entry = entry;
		this.name = name;
	}

	/**
	 * Returns whether a mount has a block device of its own number. Linux gives
	 * filesystems without one, and those that span several, the major number 0.
	 */
	static boolean isUnder(Mount mount) {
		return !mount.device().isEmpty() && !mount.device().startsWith("0:");
	}

	/** Returns the block device of a mount, if it has one and {@code /sys} shows it. */
	static Optional<BlockDevice> of(FileOps files, Mount mount) {
		return isUnder(mount) ? at(files, Path.of("/sys/dev/block", mount.device())) : Optional.empty();
	}

	/** Returns the block device of a name without directory, as in {@code /sys}. */
	static Optional<BlockDevice> named(FileOps files, String name) {
		// the slash of a name such as cciss/c0d0 is an exclamation mark in /sys
		String known = name.replace('/', '!');
		return at(files, Path.of("/sys/class/block", known)).or(() -> at(files, Path.of("/sys/block", known)));
	}

	/**
	 * Returns the block device of a path in {@code /dev}. Where that is not visible, as
	 * in a container, the name alone has to do.
	 */
	static Optional<BlockDevice> atNode(FileOps files, Path node) {
		Path found = node;
		try {
			found = files.canonical(node);
		}
		catch (IOException ex) {
			// named below
		}
		Path dev = Path.of("/dev");
		String name = found.startsWith(dev) ? dev.relativize(found).toString() : String.valueOf(found.getFileName());
		return found.startsWith("/dev/mapper") ? mapped(files, String.valueOf(found.getFileName()))
				: named(files, name);
	}

	private static Optional<BlockDevice> mapped(FileOps files, String name) {
		Path all = Path.of("/sys/class/block");
		for (String each : names(files, all)) {
			if (each.startsWith("dm-") && read(files, all.resolve(each).resolve("dm/name")).map(String::strip)
				.filter(name::equals)
				.isPresent()) {
				return named(files, each);
			}
		}
		return Optional.empty();
	}

	private static Optional<BlockDevice> at(FileOps files, Path link) {
		try {
			Path entry = files.canonical(link);
			return Optional.ofNullable(entry.getFileName())
				.map((name) -> new BlockDevice(files, entry, name.toString()));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	String name() {
		return this.name;
	}

	/** Returns the disk that this is a partition of, if it is one. */
	Optional<BlockDevice> disk() {
		Path above = this.entry.getParent();
		if (above == null || read(this.entry.resolve("partition")).isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new BlockDevice(this.files, above, String.valueOf(above.getFileName())));
	}

	/**
	 * Returns whether the device keeps its content in memory and loses it with the power.
	 */
	boolean inMemory() {
		// most devices fail the cheap checks, so the pattern is rarely compiled
		return this.name.contains("ram") && this.name.matches("z?ram\\d+") || this.name.startsWith("nullb")
		// scsi_debug
				|| this.entry.startsWith("/sys/devices/pseudo_0");
	}

	/** Returns whether another machine or a process stores the content. */
	boolean isServed() {
		for (String driver : Set.of("nbd", "rbd", "rnbd", "drbd", "etherd!", "ublkb")) {
			if (this.name.startsWith(driver)) {
				return true;
			}
		}
		// iSCSI
		return this.entry.toString().contains("/session") || this.name.startsWith("nvme") && isNvmeOfFabrics();
	}

	private boolean isNvmeOfFabrics() {
		Path above = this.entry.getParent();
		if (above == null || this.entry.toString().contains("/nvme-fabrics/")) {
			return above != null;
		}
		for (String controller : names(this.files, above)) {
			if (controller.matches("nvme\\d+") && read(above.resolve(controller).resolve("transport"))
				.filter((transport) -> !transport.startsWith("pcie") && !transport.startsWith("apple-nvme"))
				.isPresent()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether the kernel made the device up, rather than found one. NVMe with
	 * several paths is shown as if it were.
	 */
	boolean isVirtual() {
		return this.entry.startsWith("/sys/devices/virtual") && !this.name.startsWith("nvme")
				|| this.name.startsWith("pmem") || this.name.startsWith("mtdblock");
	}

	/** Returns the devices that this one consists of, as for the device mapper and md. */
	Set<String> slaves() {
		return names(this.files, this.entry.resolve("slaves"));
	}

	boolean isLoop() {
		return this.name.startsWith("loop");
	}

	/** Returns the file behind a loop device, as the kernel prints its path. */
	Optional<String> backingFile() {
		return read(this.entry.resolve("loop/backing_file")).map(String::strip).filter((file) -> !file.isEmpty());
	}

	/** Returns how large the file behind a loop device has to be. */
	OptionalLong backingSize() {
		Optional<Long> offset = number(read(this.entry.resolve("loop/offset")));
		OptionalLong size = size();
		return (offset.isPresent() && size.isPresent()) ? OptionalLong.of(size.getAsLong() + offset.get())
				: OptionalLong.empty();
	}

	/** Returns the size in bytes. */
	OptionalLong size() {
		return number(read(this.entry.resolve("size"))).map((sectors) -> OptionalLong.of(sectors * SECTOR))
			.orElse(OptionalLong.empty());
	}

	/**
	 * Returns the device of the journal of its ext4 filesystem if that is another one:
	 * the kernel's thread has its name, with an inode number if it is this one.
	 */
	Optional<String> externalJournal() {
		Optional<Long> thread = number(read(Path.of("/sys/fs/ext4", this.name, "journal_task")));
		if (thread.isEmpty() || thread.get() <= 0) {
			return Optional.empty();
		}
		String start = "jbd2/";
		Optional<String> device = read(Path.of("/proc", thread.get().toString(), "comm")).map(String::strip)
			.filter((comm) -> comm.startsWith(start))
			.map((comm) -> comm.substring(start.length()));
		return device.filter((found) -> !isOwnJournal(found));
	}

	private boolean isOwnJournal(String thread) {
		String own = this.name + "-";
		// kernels before 5.17 cut the names of threads short
		return thread.startsWith(own) || thread.length() >= MAX_THREAD_NAME && own.startsWith(thread);
	}

	private static Optional<Long> number(Optional<String> text) {
		try {
			return text.map((digits) -> Long.parseLong(digits.strip()));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	/** Returns the names in a directory of {@code /sys}, none if it can't be read. */
	static Set<String> names(FileOps files, Path directory) {
		Set<String> names = new TreeSet<>();
		try {
			files.list(directory, names::add);
		}
		catch (IOException ex) {
			return Set.of();
		}
		return names;
	}

	private Optional<String> read(Path file) {
		return read(this.files, file);
	}

	static Optional<String> read(FileOps files, Path file) {
		try (InputStream in = files.openRead(file)) {
			return Optional.of(new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
