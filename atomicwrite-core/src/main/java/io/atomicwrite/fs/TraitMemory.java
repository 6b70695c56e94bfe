package io.atomicwrite.fs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What earlier looks have found, for as long as it is true. Every change of a trait moves
 * the time of change of its file, unless it comes in the same tick of the kernel's clock
 * as the change before. So a memory holds without limit only if the file was seen with a
 * tick that had ended, or where the kernel gives a time that was asked for to no second
 * change. {@code docs/adr/0009} has the reasons.
 */
final class TraitMemory {

	private static final int MOST = 10_000;

	private static final int OTHERS = 077;

	/** More than the longest tick of Linux, which is 10 ms. */
	private static final Duration TICK = Duration.ofMillis(20);

	/** Where times are kept in seconds; FAT has two. */
	private static final Duration SECONDS = Duration.ofSeconds(3);

	/**
	 * How long a directory may have taken an access list between two changes of its
	 * entries without being noticed.
	 */
	private static final long DIRECTORY_NANOS = 1_000_000_000L;

	/** Multigrain timestamps: kernel documentation, filesystems/multigrain-ts. */
	private static final Set<String> MULTIGRAIN = Set.of("ext4", "xfs", "btrfs", "tmpfs");

	/** Filesystems that take the time from the clock of this machine. */
	private static final Set<String> LOCAL = Set.of("ext4", "ext3", "ext2", "xfs", "btrfs", "tmpfs", "f2fs", "zfs",
			"bcachefs", "overlay", "jfs");

	private final Map<Path, Known> known = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private final boolean multigrain;

	TraitMemory(InstantSource clock, KernelRelease release) {
		this.clock = clock;
		this.multigrain = release.isAtLeast(6, 13);
	}

	/** Whether no later change can have the time of change that a status shows now. */
	boolean isSettled(FileStat stat, Mount mount) {
		// as of inodes of 128 bytes on ext4, which have no room for more
		boolean wholeSeconds = stat.changed().getNano() == 0;
		if (this.multigrain && MULTIGRAIN.contains(mount.type()) && !wholeSeconds) {
			return true;
		}
		Duration tick = wholeSeconds ? SECONDS : TICK;
		return LOCAL.contains(mount.type()) && stat.changed().plus(tick).isBefore(this.clock.instant());
	}

	/** Returns what is still known of a file, or {@code null}. */
	@Nullable Known find(Path path, FileStat stat) {
		Known found = this.known.get(path);
		return (found != null && found.isOf(stat)) ? found : null;
	}

	void put(Path path, Known found) {
		if (this.known.size() >= MOST) {
			this.known.clear();
		}
		this.known.put(path, found);
	}

	/**
	 * What was found.
	 *
	 * @param stat the status before the look
	 * @param traits what it found
	 * @param looked what it looked for
	 * @param settled whether the time of change shows every later change
	 * @param bare whether it had no user attributes that its successor is to get
	 * @param at when, as {@link System#nanoTime()}
	 */
	record Known(FileStat stat, FileTraits traits, Set<FileTrait> looked, boolean settled, boolean bare, long at) {

		private boolean isOf(FileStat now) {
			return this.stat.isSameFile(now) && (this.stat.changed().equals(now.changed()) || isFreshDirectory(now));
		}

		/** A new entry moves both times, a new access list only that of change. */
		private boolean isFreshDirectory(FileStat now) {
			Instant changed = now.changed();
			return now.kind() == FileStat.Kind.DIRECTORY && changed.equals(now.modified())
					&& System.nanoTime() - this.at < DIRECTORY_NANOS;
		}

		/**
		 * Returns what is to be looked for once more: what was not yet, and rights that
		 * may have changed without a trace.
		 */
		Set<FileTrait> open(Set<FileTrait> wanted) {
			Set<FileTrait> open = EnumSet.noneOf(FileTrait.class);
			for (FileTrait trait : wanted) {
				if (!this.looked.contains(trait) || (trait == FileTrait.ACCESS_LIST && !isTrusted())) {
					open.add(trait);
				}
			}
			return open;
		}

		/** Whether it is known to be bare still. */
		boolean isKnownBare() {
			return this.settled && this.bare;
		}

		/** A list of a file whose mode has no bits for others grants nothing. */
		private boolean isTrusted() {
			boolean grants = !this.stat.isRegular() || (this.stat.mode() & OTHERS) != 0;
			return this.settled || !grants
					|| (this.stat.kind() == FileStat.Kind.DIRECTORY && System.nanoTime() - this.at < DIRECTORY_NANOS);
		}

	}

}
