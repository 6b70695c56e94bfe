package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * Assesses a mount: looks up its type in the matrix, then applies the limits of its
 * options, its block device and the filesystem that stores its content.
 */
final class GroundSurvey {

	/** Layers are never stacked this deep in practice, so this ends a cycle. */
	private static final int MAX_DEPTH = 4;

	private final FileOps files;

	GroundSurvey(FileOps files) {
		this.files = files;
	}

	Ground of(Mount mount) {
		return of(mount, 0);
	}

	private Ground of(Mount mount, int depth) {
		FilesystemProfile profile = FilesystemMatrix.of(mount.type());
		Map<Guarantee, Assessment> guarantees = new EnumMap<>(profile.guarantees());
		// before every limit of what lies beneath: an option may lift what the type's row
		// says
		MountOptions.apply(mount, guarantees);
		Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
		capabilities.addAll(this.files.capabilities());
		capabilities.removeAll(profile.lacks());
		Filesystem beneath = null;
		BlockDevice device = BlockDevice.of(this.files, mount);
		if (device != null) {
			beneath = applyDevice(device, mount, depth, guarantees);
		}
		else if (BlockDevice.isUnder(mount)) {
			limitDurability(guarantees, GuaranteeLevel.BEST_EFFORT,
					"its device " + mount.device() + " is not visible in /sys: it may be in memory");
		}
		if (profile.kind() == FilesystemClass.OVERLAY) {
			beneath = applyUpperLayer(mount, depth, guarantees, capabilities);
		}
		FilesystemClass kind = profile.kind();
		if (MountOptions.readOnly(mount)) {
			kind = FilesystemClass.READ_ONLY;
			for (Map.Entry<Guarantee, Assessment> entry : guarantees.entrySet()) {
				entry.setValue(new Assessment(GuaranteeLevel.UNSUPPORTED, "mounted read-only"));
			}
		}
		return new Ground(new Filesystem(mount.type(), kind, mount.point(), mount.options(), beneath), guarantees,
				capabilities);
	}

	private @Nullable Filesystem applyDevice(BlockDevice device, Mount mount, int depth,
			Map<Guarantee, Assessment> guarantees) {
		if (device.inMemory()) {
			limitDurability(guarantees, GuaranteeLevel.UNSUPPORTED,
					"the device " + device.name() + " is in memory: its content survives a process, not a reboot");
		}
		if (mount.type().equals("ext4")) {
			applyJournal(device.ext4Options(), guarantees);
		}
		Path file = device.backingFile();
		Ground ground = (file != null) ? beneath(file, depth) : null;
		if (ground == null) {
			return null;
		}
		Assessment below = durability(ground);
		limitDurability(guarantees, below.level(),
				"its device is the file " + file + " on " + ground.filesystem().type() + ": " + below.reason());
		return ground.filesystem();
	}

	/**
	 * Without a journal, the option for the journaling mode ({@code data=}) is absent.
	 */
	private static void applyJournal(@Nullable String options, Map<Guarantee, Assessment> guarantees) {
		if (options == null) {
			limitDurability(guarantees, GuaranteeLevel.BEST_EFFORT,
					"/proc/fs/ext4 can't be read, so it may have no journal");
		}
		else if (!options.startsWith("data=") && !options.contains("\ndata=")) {
			limit(guarantees, FilesystemMatrix.of("ext2").guarantees(), "");
		}
	}

	private @Nullable Filesystem applyUpperLayer(Mount mount, int depth, Map<Guarantee, Assessment> guarantees,
			Set<Capability> capabilities) {
		String upper = mount.option("upperdir");
		Ground ground = (upper != null) ? beneath(parse(upper), depth) : null;
		if (ground == null) {
			limitDurability(guarantees, GuaranteeLevel.BEST_EFFORT,
					"syncs reach the upper layer, but its filesystem is not visible from here, as in a container");
			return null;
		}
		capabilities.retainAll(ground.capabilities());
		limit(guarantees, ground.guarantees(), "its upper layer is on " + ground.filesystem().type() + ": ");
		return ground.filesystem();
	}

	/**
	 * Assesses the filesystem at a path that belongs to another mount. Returns
	 * {@code null} if this process can't see it.
	 */
	private @Nullable Ground beneath(@Nullable Path path, int depth) {
		if (path == null || !path.isAbsolute() || depth >= MAX_DEPTH) {
			return null;
		}
		try {
			Path canonical = this.files.canonical(path);
			Path parent = canonical.getParent();
			boolean directory = this.files.kind(canonical) == FileStat.Kind.DIRECTORY;
			return of(this.files.mount((directory || parent == null) ? canonical : parent), depth + 1);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static @Nullable Path parse(String path) {
		try {
			return Path.of(path);
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	private static Assessment durability(Ground ground) {
		return Objects.requireNonNull(ground.guarantees().get(Guarantee.CRASH_DURABILITY));
	}

	private static void limitDurability(Map<Guarantee, Assessment> guarantees, GuaranteeLevel level, String why) {
		limit(guarantees, Map.of(Guarantee.CRASH_DURABILITY, new Assessment(level, why)), "");
	}

	private static void limit(Map<Guarantee, Assessment> guarantees, Map<Guarantee, Assessment> limits, String where) {
		for (Map.Entry<Guarantee, Assessment> limit : limits.entrySet()) {
			Assessment found = guarantees.get(limit.getKey());
			if (found != null) {
				guarantees.put(limit.getKey(),
						found.atMost(limit.getValue().level(), where + limit.getValue().reason()));
			}
		}
	}

}
