package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;

/**
 * Follows a block device down to what stores its content: the disk of a partition, the
 * devices of the device mapper and of md, the file of a loop device.
 */
final class DeviceSurvey {

	private static final String DELETED = " (deleted)";

	private final FileOps files;

	private final GroundSurvey grounds;

	DeviceSurvey(FileOps files, GroundSurvey grounds) {
		this.files = files;
		this.grounds = grounds;
	}

	Beneath of(BlockDevice device, Chain chain) {
		if (device.inMemory()) {
			return Beneath.of(GuaranteeLevel.UNSUPPORTED,
					"the device " + device.name() + " is in memory: its content survives a process, not a reboot");
		}
		Optional<BlockDevice> disk = device.disk();
		if (disk.isPresent()) {
			return chain.follow(device, () -> of(disk.get(), chain));
		}
		if (device.isServed()) {
			return Beneath.unseen("the device " + device.name() + " is served by another machine or a process");
		}
		if (device.isLoop()) {
			return chain.follow(device, () -> ofLoop(device, chain));
		}
		Set<String> slaves = device.slaves();
		if (!slaves.isEmpty()) {
			return chain.follow(device, () -> ofAll(slaves, chain));
		}
		return device.isVirtual()
				? Beneath.unseen("what stores the content of the device " + device.name() + " is not visible in /sys")
				: Beneath.DISK;
	}

	/** Returns what lies beneath several devices that store the content together. */
	Beneath ofAll(Collection<String> names, Chain chain) {
		Beneath weakest = Beneath.DISK;
		for (String name : names) {
			Beneath each = BlockDevice.named(this.files, name)
				.map((device) -> of(device, chain))
				.orElseGet(() -> unknown(name));
			weakest = weakest.and(each.because((names.size() > 1) ? "one of its devices is " + name + ": " : ""));
		}
		return weakest;
	}

	/** Returns what lies beneath a device that a path in {@code /dev} names. */
	Beneath atNode(String path, Chain chain) {
		return parse(path).flatMap((node) -> BlockDevice.atNode(this.files, node))
			.map((device) -> of(device, chain))
			.orElseGet(() -> unknown(path));
	}

	static Beneath unknown(String device) {
		return Beneath.unseen("its device " + device + " is not visible in /sys: it may be in memory");
	}

	private Beneath ofLoop(BlockDevice device, Chain chain) {
		Optional<String> file = device.backingFile();
		if (file.isEmpty()) {
			return Beneath.unseen("the file behind its device " + device.name() + " is not visible in /sys");
		}
		String start = "its device is the file " + file.get();
		Optional<Path> path = parse(file.get()).filter(Path::isAbsolute);
		FileStat.Kind kind = path.map(this::kind).orElse(FileStat.Kind.OTHER);
		return switch (kind) {
			case BLOCK_DEVICE -> atNode(file.get(), chain);
			case REGULAR -> isTooSmall(path.get(), device.backingSize())
					? Beneath.unseen(start + ", but the file of that name is another one")
					: this.grounds.beneath(path.get(), start + " on ", chain);
			default -> file.get().endsWith(DELETED)
					? Beneath.of(GuaranteeLevel.UNSUPPORTED,
							start.substring(0, start.length() - DELETED.length())
									+ ", which was deleted: its content is lost with the device")
					: Beneath.unseen(start + ", which is not visible from here");
		};
	}

	/** In another mount namespace the path may lead to another file. */
	private boolean isTooSmall(Path file, OptionalLong needed) {
		try {
			return needed.isPresent() && this.files.size(file) < needed.getAsLong();
		}
		catch (IOException ex) {
			return true;
		}
	}

	private FileStat.Kind kind(Path path) {
		try {
			FileStat.Kind kind = this.files.kind(this.files.canonical(path));
			return (kind != null) ? kind : FileStat.Kind.OTHER;
		}
		catch (IOException ex) {
			return FileStat.Kind.OTHER;
		}
	}

	static Optional<Path> parse(String path) {
		try {
			return Optional.of(Path.of(path));
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

}
