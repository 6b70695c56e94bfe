package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.Mount;

/**
 * Assesses a mount: looks up its type in the matrix, then applies the limits of its
 * options, its block devices and the filesystems that store its content, to the end of
 * the chain. What can't be followed is no more than {@code BEST_EFFORT}.
 */
final class GroundSurvey {

	private static final Path BTRFS = Path.of("/sys/fs/btrfs");

	/** Some 3 % of simulated power cuts: {@code docs/adr/0039}. */
	private static final Assessment FAST_COMMITS = new Assessment(GuaranteeLevel.BEST_EFFORT,
			"it has the feature fast_commit: after simulated power cuts it could not be mounted, or had lost the order of"
					+ " changes; tune2fs -O ^fast_commit switches it off");

	private final FileOps files;

	private final DeviceSurvey devices;

	GroundSurvey(FileOps files) {
		this.files = files;
		this.devices = new DeviceSurvey(files, this);
	}

	Ground of(Mount mount) {
		return of(mount, new Chain());
	}

	private Ground of(Mount mount, Chain chain) {
		FilesystemProfile profile = FilesystemMatrix.of(mount.type());
		Map<Guarantee, Assessment> guarantees = new EnumMap<>(profile.guarantees());
		// before every limit of what lies beneath: an option may lift what the type's row
		// says
		MountOptions.apply(mount, guarantees);
		Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
		capabilities.addAll(this.files.capabilities());
		capabilities.removeAll(profile.lacks());
		Optional<BlockDevice> device = BlockDevice.of(this.files, mount);
		Optional<Ext4Journal> journal = journal(mount, device);
		if (journal.isPresent()) {
			applyJournal(journal.get(), guarantees);
		}
		Beneath beneath = (profile.kind() == FilesystemClass.OVERLAY)
				? ofUpperLayer(mount, chain, guarantees, capabilities)
				: beneath(mount, device, profile, chain, guarantees);
		limitDurability(guarantees, beneath);
		FilesystemClass kind = profile.kind();
		if (MountOptions.readOnly(mount)) {
			kind = FilesystemClass.READ_ONLY;
			guarantees
				.replaceAll((guarantee, found) -> new Assessment(GuaranteeLevel.UNSUPPORTED, "mounted read-only"));
		}
		return new Ground(
				new Filesystem(mount.type(), kind, mount.point(), mount.options(), beneath.filesystem().orElse(null),
						keepsOrder(mount, journal)),
				guarantees, capabilities, beneath != Beneath.DISK || chain.isFollowed());
	}

	private Optional<Ext4Journal> journal(Mount mount, Optional<BlockDevice> device) {
		return (mount.type().equals("ext4") && device.isPresent())
				? Optional.of(Ext4Journal.of(this.files, device.get().name())) : Optional.empty();
	}

	private Beneath beneath(Mount mount, Optional<BlockDevice> device, FilesystemProfile profile, Chain chain,
			Map<Guarantee, Assessment> guarantees) {
		if (BlockDevice.isUnder(mount)) {
			return device.isPresent() ? ofDevice(device.get(), mount, chain, guarantees)
					: DeviceSurvey.unknown(mount.device());
		}
		if (mount.device().isEmpty() || !isStoredHere(profile)) {
			return Beneath.DISK;
		}
		if (mount.type().equals("btrfs")) {
			return ofBtrfs(mount, chain);
		}
		Optional<Beneath> source = ofSource(mount, chain);
		return source.orElseGet(() -> Beneath.unseen("what stores its content is not visible from here"));
	}

	/** Whether the content is on this machine, but not in the memory of the kernel. */
	private static boolean isStoredHere(FilesystemProfile profile) {
		return switch (profile.kind()) {
			case LOCAL_POSIX_PERSISTENT, FUSE, UNKNOWN, LOCAL_WINDOWS ->
				Objects.requireNonNull(profile.guarantees().get(Guarantee.CRASH_DURABILITY))
					.level() != GuaranteeLevel.UNSUPPORTED;
			case LOCAL_POSIX_VOLATILE, OVERLAY, NETWORK, READ_ONLY -> false;
		};
	}

	private Beneath ofDevice(BlockDevice device, Mount mount, Chain chain, Map<Guarantee, Assessment> guarantees) {
		Beneath beneath = this.devices.of(device, chain);
		for (String option : List.of("logdev", "rtdev")) {
			String other = mount.option(option);
			if (other != null) {
				beneath = beneath
					.and(this.devices.atNode(other, chain).because("of its " + option + " " + other + ": "));
			}
		}
		Optional<String> journal = device.externalJournal();
		if (journal.isPresent()) {
			beneath = beneath.and(this.devices.ofAll(Set.of(journal.get()), chain).because("of its journal: "));
		}
		return spansMore(mount, device)
				? beneath.and(Beneath.unseen("it lies on further devices, which are not visible from here")) : beneath;
	}

	/**
	 * f2fs may span several devices, of which the mount table and {@code /sys} show the
	 * first.
	 */
	private boolean spansMore(Mount mount, BlockDevice device) {
		OptionalLong size = mount.type().equals("f2fs") ? device.size() : OptionalLong.empty();
		try {
			return size.isPresent() && this.files.space(mount.point()).total() > size.getAsLong();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void applyJournal(Ext4Journal journal, Map<Guarantee, Assessment> guarantees) {
		if (journal.fast()) {
			limit(guarantees, Map.of(Guarantee.CRASH_DURABILITY, FAST_COMMITS), "");
		}
		if (journal.options().isEmpty()) {
			limitDurability(guarantees, Beneath.unseen("/proc/fs/ext4 can't be read, so it may have no journal"));
			return;
		}
		if (!journal.exists()) {
			limit(guarantees, FilesystemMatrix.of("ext2").guarantees(), "");
		}
	}

	/**
	 * Both have one journal, to which one transaction after the other is committed, and
	 * each commit flushes the disk before it counts. That of btrfs is a tree for each
	 * sync, and that of ext4 may be switched off, or leave out the data
	 * ({@code docs/adr/0007}) or the order ({@code docs/adr/0039}). Where journal or
	 * content are on another disk than the rest, a flush of the one says nothing about
	 * the other.
	 */
	private static boolean keepsOrder(Mount mount, Optional<Ext4Journal> journal) {
		return switch (mount.type()) {
			case "xfs" -> mount.option("logdev") == null && mount.option("rtdev") == null;
			case "ext4" -> journal.isPresent() && journal.get().keepsOrder();
			default -> false;
		};
	}

	/**
	 * btrfs has a device number of its own, whatever it lies on. The mount table names
	 * one of its devices, and {@code /sys} all that belong together.
	 */
	private Beneath ofBtrfs(Mount mount, Chain chain) {
		Optional<BlockDevice> named = DeviceSurvey.parse(mount.source())
			.flatMap((node) -> BlockDevice.atNode(this.files, node));
		if (named.isEmpty()) {
			return DeviceSurvey.unknown(mount.source());
		}
		String name = named.get().name();
		for (String id : BlockDevice.names(this.files, BTRFS)) {
			Set<String> members = BlockDevice.names(this.files, BTRFS.resolve(id).resolve("devices"));
			if (members.contains(name)) {
				return this.devices.ofAll(members, chain);
			}
		}
		return this.devices.ofAll(Set.of(name), chain)
			.and(Beneath.unseen("/sys/fs/btrfs does not show which devices it lies on"));
	}

	/**
	 * Follows what the mount table names as the source: a device, the directory that is
	 * passed on, several devices as bcachefs has them.
	 */
	private Optional<Beneath> ofSource(Mount mount, Chain chain) {
		List<String> sources = mount.source().startsWith("/dev/") ? Arrays.asList(mount.source().split(":"))
				: List.of(mount.source());
		List<Beneath> found = new ArrayList<>();
		for (String source : sources) {
			DeviceSurvey.parse(source).filter(Path::isAbsolute).ifPresent((path) -> found.add(ofSource(path, chain)));
		}
		return found.stream().reduce(Beneath::and);
	}

	private Beneath ofSource(Path path, Chain chain) {
		if (path.startsWith("/dev") && !isThere(path, FileStat.Kind.DIRECTORY)
				&& !isThere(path, FileStat.Kind.REGULAR)) {
			return this.devices.atNode(path.toString(), chain);
		}
		return beneath(path, "its content lies in " + path + " on ", chain);
	}

	private boolean isThere(Path path, FileStat.Kind kind) {
		try {
			return this.files.kind(this.files.canonical(path)) == kind;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private Beneath ofUpperLayer(Mount mount, Chain chain, Map<Guarantee, Assessment> guarantees,
			Set<Capability> capabilities) {
		Optional<Ground> upper = Optional.ofNullable(mount.option("upperdir"))
			.flatMap(DeviceSurvey::parse)
			.flatMap((path) -> groundOf(path, chain));
		if (upper.isEmpty()) {
			return Beneath
				.unseen("syncs reach the upper layer, but its filesystem is not visible from here, as in a container");
		}
		Ground ground = upper.get();
		capabilities.retainAll(ground.capabilities());
		limit(guarantees, ground.guarantees(), "its upper layer is on " + ground.filesystem().type() + ": ");
		return new Beneath(Beneath.DISK.durability(), Optional.of(ground.filesystem()));
	}

	/** Returns what the filesystem of a path that belongs to another mount promises. */
	Beneath beneath(Path path, String start, Chain chain) {
		Optional<Ground> ground = groundOf(path, chain);
		if (ground.isEmpty()) {
			return Beneath.unseen(start + "a filesystem that is not visible from here");
		}
		Filesystem filesystem = ground.get().filesystem();
		Assessment durability = Objects.requireNonNull(ground.get().guarantees().get(Guarantee.CRASH_DURABILITY));
		return new Beneath(new Assessment(durability.level(), start + filesystem.type() + ": " + durability.reason()),
				Optional.of(filesystem));
	}

	/**
	 * Assesses the filesystem at a path that belongs to another mount, if this process
	 * can see it.
	 */
	private Optional<Ground> groundOf(Path path, Chain chain) {
		if (!path.isAbsolute()) {
			return Optional.empty();
		}
		try {
			Path canonical = this.files.canonical(path);
			Path parent = canonical.getParent();
			boolean directory = this.files.kind(canonical) == FileStat.Kind.DIRECTORY;
			Mount mount = this.files.mount((directory || parent == null) ? canonical : parent);
			return chain.enter(mount.device() + " " + mount.point(), () -> of(mount, chain));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private static void limitDurability(Map<Guarantee, Assessment> guarantees, Beneath beneath) {
		limit(guarantees, Map.of(Guarantee.CRASH_DURABILITY, beneath.durability()), "");
	}

	private static void limit(Map<Guarantee, Assessment> guarantees, Map<Guarantee, Assessment> limits, String where) {
		limits.forEach((guarantee, limit) -> guarantees.computeIfPresent(guarantee,
				(same, found) -> found.atMost(limit.level(), where + limit.reason())));
	}

}
