package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.DirectoryGuard;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.Mount;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers on which filesystem each managed directory was when the application started,
 * and refuses writes that would land on another. A managed directory that is missing is
 * not created by a write. Costs one {@code stat(2)} for each write as long as nothing has
 * changed. Thread-safe.
 */
public final class ManagedMounts implements DirectoryGuard {

	private static final Log logger = LogFactory.getLog(ManagedMounts.class);

	private final ManagedDirectories directories;

	private final FileOps files;

	private final Set<String> neverCreated;

	private final Set<String> requiringMount;

	private final Map<String, MountPlace> known = new ConcurrentHashMap<>();

	private final Map<String, Displacement> reported = new ConcurrentHashMap<>();

	/**
	 * Creates an instance that remembers nothing yet.
	 * @param directories the directories
	 * @param files finds their mounts
	 * @param neverCreated the names of those that are not even created at the start
	 * @param requiringMount the names of those that must not be on the filesystem of the
	 * root directory
	 */
	public ManagedMounts(ManagedDirectories directories, FileOps files, Set<String> neverCreated,
			Set<String> requiringMount) {
		this.directories = directories;
		this.files = files;
		this.neverCreated = Set.copyOf(neverCreated);
		this.requiringMount = Set.copyOf(requiringMount);
	}

	boolean mayCreate(ManagedDirectory directory) {
		return !this.neverCreated.contains(directory.name());
	}

	/** Requires a mount below which a directory is or would be created. */
	void requireMount(ManagedDirectory directory) throws IOException {
		if (this.requiringMount.contains(directory.name())) {
			Mount mount = this.files.mount(nearest(directory.path()));
			if (mount.point().equals(mount.point().getRoot())) {
				throw new DirectoryNotMountedException(directory, MountPlace.text(mount));
			}
		}
	}

	private Path nearest(Path path) throws IOException {
		for (Path next = path; next != null; next = next.getParent()) {
			try {
				return this.files.canonical(next);
			}
			catch (NoSuchFileException ex) {
				// would be created below its parent
			}
		}
		throw new NoSuchFileException(path.toString());
	}

	/** Remembers where a directory is, if it is there. */
	void remember(ManagedDirectory directory) throws IOException {
		MountPlace now = lookOrMissing(directory);
		if (now != null) {
			this.known.put(directory.name(), now);
		}
	}

	/**
	 * Confirms that a directory is the right one where it is now: writes to it are
	 * permitted again.
	 * @param name the name of the directory
	 * @throws IOException if it is missing or can't be looked at
	 */
	public void confirm(String name) throws IOException {
		ManagedDirectory directory = this.directories.get(name);
		if (directory == null) {
			throw new IllegalArgumentException("there is no managed directory '" + name + "'");
		}
		this.known.put(name, MountPlace.of(this.files, directory.path()));
		displacement(directory);
	}

	@Override
	public void check(Path named, Path target, WriteOptions options) throws IOException {
		String name = this.directories.nameOf(named);
		ManagedDirectory directory = this.directories
			.get(name.equals(ManagedDirectories.OTHER) ? this.directories.nameOf(target) : name);
		if (directory == null) {
			return;
		}
		Displacement found = find(directory);
		if (found != null && (found.always || options.safety() == SafetyPolicy.STRICT)) {
			throw new TargetRejectedException(target, WritePhase.GATE, TargetRejectedException.Reason.DISPLACED,
					Problem.of(found.text, Remedy.MOUNT_BACK).at(directory.path()));
		}
	}

	/** Returns why a directory is not the one that it was; logs each change once. */
	Optional<String> displacement(ManagedDirectory directory) throws IOException {
		return Optional.ofNullable(find(directory)).map(Displacement::text);
	}

	private @Nullable Displacement find(ManagedDirectory directory) throws IOException {
		Displacement found = compare(directory);
		Displacement before = (found != null) ? this.reported.put(directory.name(), found)
				: this.reported.remove(directory.name());
		if (found != null && !found.equals(before)) {
			logger.warn(found.text + (found.always ? ": writes to it are refused until it is back"
					: ": writes to it are refused under the strict safety policy until it is back or confirmed"));
		}
		else if (found == null && before != null) {
			logger.info("The managed directory " + directory.label() + " is back");
		}
		return found;
	}

	private @Nullable Displacement compare(ManagedDirectory directory) throws IOException {
		MountPlace then = this.known.get(directory.name());
		String about = "the managed directory " + directory.label() + " ";
		try {
			if (then != null && then.directory().isSameFile(DirectoryPrint.of(directory.path()))) {
				return null;
			}
			MountPlace now = MountPlace.of(this.files, directory.path());
			if (this.requiringMount.contains(directory.name()) && now.isOnRootFilesystem()) {
				return new Displacement(about + "requires a mount, but is on " + MountPlace.text(now.mount()), true);
			}
			if (then != null && !then.isOnSameFilesystem(now)) {
				return new Displacement(about + "was on " + MountPlace.text(then.mount()) + ", and is on "
						+ MountPlace.text(now.mount()) + " now", false);
			}
			if (then != null) {
				this.known.put(directory.name(), now);
			}
			return null;
		}
		catch (NoSuchFileException ex) {
			boolean expected = then != null || !mayCreate(directory) || this.requiringMount.contains(directory.name());
			return expected ? new Displacement(about + "is missing, and no write creates it", true) : null;
		}
	}

	private @Nullable MountPlace lookOrMissing(ManagedDirectory directory) throws IOException {
		try {
			return MountPlace.of(this.files, directory.path());
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/**
	 * Why a directory is not the one that it was.
	 *
	 * @param text the reason
	 * @param always whether it is refused under every safety policy
	 */
	private record Displacement(String text, boolean always) {
	}

}
