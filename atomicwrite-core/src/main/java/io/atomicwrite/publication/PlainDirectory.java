package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.Optional;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;

/**
 * What stands at {@code latest} for programs that know one directory and follow no
 * pointer: all files of a version under a further name each (hard links), the manifest
 * among them, which shows what version it is. The engine builds it beside {@code latest}
 * and exchanges the two; applications have no need of it. Immutable.
 */
public final class PlainDirectory {

	private static final String PREFIX = "." + VersionNames.LATEST + ".";

	private static final String SUFFIX = ".plain";

	private final String publication;

	private final String version;

	PlainDirectory(String publication, String version) {
		this.publication = publication;
		this.version = version;
	}

	/**
	 * Returns the name under which one is built, and under which one stays that was at
	 * {@code latest} before.
	 * @param token distinguishes it from others
	 * @return the name
	 */
	public static String name(long token) {
		return PREFIX + HexFormat.of().toHexDigits(token) + SUFFIX;
	}

	static boolean isName(String name) {
		return name.length() > PREFIX.length() + SUFFIX.length() && name.startsWith(PREFIX) && name.endsWith(SUFFIX);
	}

	/**
	 * Gives all that is in the version further names in a new directory. All of it is
	 * durable afterwards but the name of the directory.
	 * @param root the directory of the publication
	 * @param name the name of the new directory
	 * @throws IOException if it can't be built; what is there of it is to be deleted
	 */
	public void build(Directory root, String name) throws IOException {
		create(root, this.version, root, name);
		try (Directory from = root.open(this.version); Directory to = root.open(name)) {
			link(from, to, VersionNames.MANIFEST);
			// without it the rest is what was never finished
			from.linkNew(VersionNames.MANIFEST, to, VersionNames.MANIFEST);
			to.syncEntries();
		}
	}

	private static void link(Directory from, Directory to, String except) throws IOException {
		for (String name : from.names()) {
			FileStat.Kind kind = from.kind(name);
			if (kind == FileStat.Kind.DIRECTORY) {
				create(from, name, to, name);
				try (Directory below = from.open(name); Directory linked = to.open(name)) {
					link(below, linked, "");
					linked.syncEntries();
				}
			}
			else if (kind == FileStat.Kind.LINK) {
				to.createSymbolicLink(name, from.readLink(name));
			}
			else if (!name.equals(except)) {
				from.linkNew(name, to, name);
			}
		}
	}

	/** Creates a directory that may be read by those who may read another one. */
	private static void create(Directory from, String like, Directory to, String name) throws IOException {
		to.createDirectory(name);
		FileStat model = from.stat(like);
		FileStat created = to.stat(name);
		if (model == null || created == null) {
			throw new IOException(to.path(name) + " or " + from.path(like) + " was deleted meanwhile");
		}
		if (created.gid() != model.gid()) {
			to.setOwner(name, -1, model.gid());
		}
		if (created.mode() != model.mode()) {
			to.setMode(name, model.mode());
		}
	}

	/**
	 * Requires that nothing is lost if what is at {@code latest} is exchanged and deleted
	 * later: a pointer, or a directory that this publication has made.
	 * @param root the directory of the publication
	 * @throws TargetRejectedException if it is another directory
	 * @throws IOException if that can't be determined
	 */
	public void requireReplaceable(Directory root) throws IOException {
		if (root.kind(VersionNames.LATEST) == FileStat.Kind.DIRECTORY && !isOurs(root)) {
			throw new TargetRejectedException(root.path(VersionNames.LATEST), WritePhase.CHECK, Reason.DIRECTORY,
					Problem.of("is a directory that this publication has not made", Remedy.MOVE_AWAY));
		}
	}

	/** The publication may have been renamed, and the version deleted, but not both. */
	private boolean isOurs(Directory root) throws IOException {
		Optional<VersionManifest.Head> head = manifest(root, VersionNames.LATEST);
		return head.isPresent() && (head.get().name().equals(this.publication)
				|| (VersionNames.isVersion(head.get().version()) && Versions.isFinished(root, head.get().version())));
	}

	/**
	 * Deletes a directory that was built, or what there is of it.
	 * @param root the directory of the publication
	 * @param name its name
	 * @throws IOException if it can't be deleted
	 */
	public static void delete(Directory root, String name) throws IOException {
		try (Directory directory = root.open(name)) {
			VersionSweep.deleteContent(directory);
		}
		root.delete(name);
	}

	/** Returns the version of a directory, empty if it is that of none. */
	static Optional<String> version(Directory root, String name) throws IOException {
		return manifest(root, name).map(VersionManifest.Head::version).filter(VersionNames::isVersion);
	}

	private static Optional<VersionManifest.Head> manifest(Directory root, String name) throws IOException {
		try (Directory directory = root.open(name); InputStream in = directory.openRead(VersionNames.MANIFEST)) {
			return VersionManifest.Head.read(in);
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

}
