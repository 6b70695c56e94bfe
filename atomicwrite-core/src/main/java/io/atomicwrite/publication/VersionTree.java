package io.atomicwrite.publication;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.isolation.SyncFlight;
import io.atomicwrite.lock.LockLeases;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a version while it is filled. Each file is synced while the next ones
 * are written, each directory once when all are; the manifest gets its name last. For one
 * thread.
 */
final class VersionTree implements AutoCloseable {

	private static final int MODE = 0644;

	private static final int GROUP_READ = 040;

	private static final int OWNER = 0700;

	/** How many files are open at a time. */
	private static final int WINDOW = 64;

	private final Tools tools;

	private final SyncFlight flight;

	private final Directory version;

	private final LockLeases lease;

	/** There from the first file to the last: whoever deletes it revokes this writer. */
	private final StagingFile manifest;

	/** The directories by their paths, which end in a slash; the version has none. */
	private final Map<String, Directory> directories = new TreeMap<>();

	private final Deque<Pending> pending = new ArrayDeque<>();

	private final List<VersionManifest.Entry> files = new ArrayList<>();

	private final Map<String, String> links = new LinkedHashMap<>();

	private boolean finished;

	private VersionTree(Tools tools, SyncFlight flight, Directory version, LockLeases lease) throws IOException {
		this.tools = tools;
		this.flight = flight;
		this.version = version;
		this.lease = lease;
		this.directories.put("", version);
		this.manifest = StagingFile.create(tools, version, VersionNames.MANIFEST, MODE);
	}

	/**
	 * Begins to fill a version.
	 * @param version its directory, which is empty, and is closed with the tree
	 * @param lease the lease of the version
	 */
	static VersionTree begin(Tools tools, SyncFlight flight, Directory version, LockLeases lease) throws IOException {
		VersionTree tree;
		try {
			tree = new VersionTree(tools, flight, version, lease);
		}
		catch (Throwable ex) {
			version.close();
			throw ex;
		}
		try {
			// whoever acquires the lease after this finds the staging file of the
			// manifest
			lease.ensureHeldIfFenced();
			return tree;
		}
		catch (RuntimeException ex) {
			tree.close();
			throw ex;
		}
	}

	FileOps files() {
		return this.tools.files();
	}

	void file(String path, FileContent content) throws IOException {
		Place place = place(path);
		Pending file = create(place, MODE);
		write(path, file.handle, content);
		sync(file);
	}

	/** The content is that of another file, whose blocks are shared where they can be. */
	void copy(String path, Path source) throws IOException {
		Place place = place(path);
		CopiedRights rights = CopiedRights.of(files(), source);
		Pending file = create(place, rights.mode());
		if (rights.hasGroupBits() && groupMayRead()) {
			rights.giveGroup(place.directory, place.name);
		}
		Path copy = place.directory.path(place.name);
		if (files().shareContent(source, copy)) {
			// the source may have changed since: what counts is what is here
			try (InputStream in = files().openRead(copy)) {
				Checksum checksum = Checksum.of(ChecksumAlgorithm.SHA_256, in);
				this.files.add(new VersionManifest.Entry(path, files().size(copy), checksum));
			}
		}
		else {
			write(path, file.handle, (out) -> {
				try (InputStream in = files().openRead(source)) {
					in.transferTo(out);
				}
			});
		}
		sync(file);
	}

	/** Returns whether the umask leaves the group its bits. */
	private boolean groupMayRead() throws IOException {
		FileStat stat = this.version.stat(this.manifest.name());
		return stat != null && (stat.mode() & GROUP_READ) != 0;
	}

	private Pending create(Place place, int mode) throws IOException {
		Pending file = new Pending(place.directory.createExclusive(place.name, mode));
		this.pending.add(file);
		return file;
	}

	private void write(String path, FileHandle handle, FileContent content) throws IOException {
		Output out = new Output(handle);
		BufferedOutputStream buffered = new BufferedOutputStream(out);
		content.writeTo(buffered);
		buffered.flush();
		this.files.add(new VersionManifest.Entry(path, out.size, Checksum.of(ChecksumAlgorithm.SHA_256, out.digest)));
	}

	private void sync(Pending file) throws IOException {
		file.sync = this.flight.begin(file.handle::sync);
		if (this.pending.size() > WINDOW) {
			this.pending.remove().finish();
		}
	}

	void reuse(VersionManifest.Entry known, Path previous) throws IOException {
		Place place = place(known.path());
		Path source = previous.resolve(known.path());
		try (Directory from = files().open(Objects.requireNonNull(source.getParent()))) {
			from.linkNew(source.getFileName().toString(), place.directory, place.name);
		}
		this.files.add(known);
	}

	void link(String path, String target) throws IOException {
		Place place = place(path);
		Path from = Objects.requireNonNull(Path.of("/v/" + path).getParent());
		if (target.isEmpty() || target.startsWith("/") || !from.resolve(target).normalize().startsWith("/v")) {
			throw new IOException("the symbolic link " + path + " leads out of the version, to " + target
					+ ": publish what it leads to instead");
		}
		place.directory.createSymbolicLink(place.name, Path.of(target));
		this.links.put(path, target);
	}

	void directory(String path) throws IOException {
		requireRelative(path);
		requireOurs();
		directories(path + "/");
	}

	/** A directory that may be read by those who may read another one. */
	void directory(String path, Path source) throws IOException {
		CopiedRights rights = CopiedRights.of(files(), source);
		directory(path);
		int slash = path.lastIndexOf('/');
		Directory above = directories(path.substring(0, slash + 1));
		String name = path.substring(slash + 1);
		FileStat created = above.stat(name);
		if (created != null && created.mode() != (created.mode() & rights.mode())) {
			above.setMode(name, created.mode() & (rights.mode() | OWNER));
			if (rights.hasGroupBits() && (created.mode() & GROUP_READ) != 0) {
				rights.giveGroup(above, name);
			}
		}
	}

	/**
	 * Another writer may have a directory of the same name, once this one was revoked.
	 */
	private void requireOurs() throws IOException {
		if (this.lease.isFenced() && this.version.kind(this.manifest.name()) == null) {
			throw new NoSuchFileException(this.manifest.path().toString());
		}
	}

	private Place place(String path) throws IOException {
		requireRelative(path);
		if (path.equals(VersionNames.MANIFEST) || path.equals(VersionNames.SUMS)) {
			throw new IllegalArgumentException(path + " is what each version has from the publication itself; choose "
					+ "another name, or a directory for it");
		}
		requireOurs();
		int slash = path.lastIndexOf('/');
		return new Place(directories(path.substring(0, slash + 1)), path.substring(slash + 1));
	}

	private static void requireRelative(String path) {
		for (String name : path.split("/", -1)) {
			if (name.isEmpty() || name.equals(".") || name.equals("..")) {
				throw new IllegalArgumentException("'" + path + "' is no path in a version: it is relative, with "
						+ "slashes between names that are neither . nor ..");
			}
		}
	}

	private Directory directories(String path) throws IOException {
		Directory known = this.directories.get(path);
		if (known != null) {
			return known;
		}
		int slash = path.lastIndexOf('/', path.length() - 2);
		Directory above = directories(path.substring(0, slash + 1));
		String name = path.substring(slash + 1, path.length() - 1);
		above.createDirectory(name);
		Directory created = above.open(name);
		this.directories.put(path, created);
		return created;
	}

	/**
	 * Makes the files durable, then the list of them, and then its name.
	 * @return when the list was written
	 */
	Instant finish(VersionManifest head) throws IOException {
		while (!this.pending.isEmpty()) {
			this.pending.remove().finish();
		}
		VersionManifest list = manifest(head);
		byte[] json = list.json();
		StagingFile sums = StagingFile.create(this.tools, this.version, VersionNames.SUMS, MODE);
		try {
			requireOurs();
			fill(sums, list.sums(json));
			this.version.rename(sums.name(), this.version, VersionNames.SUMS);
		}
		catch (Throwable ex) {
			sums.discard(ex);
			throw ex;
		}
		for (Directory directory : this.directories.values()) {
			directory.syncEntries();
		}
		// a manifest must not come to be there before what it names
		fill(this.manifest, json);
		this.version.rename(this.manifest.name(), this.version, VersionNames.MANIFEST);
		this.finished = true;
		this.version.syncEntries();
		FileStat named = this.version.stat(VersionNames.MANIFEST);
		return (named != null) ? named.modified() : head.time();
	}

	private static void fill(StagingFile staging, byte[] content) throws IOException {
		try {
			staging.write(ByteBuffer.wrap(content));
			staging.sync();
		}
		finally {
			staging.close();
		}
	}

	private VersionManifest manifest(VersionManifest head) {
		Set<String> filled = new HashSet<>();
		this.files.forEach((file) -> addDirectories(file.path(), filled));
		this.links.keySet().forEach((link) -> addDirectories(link, filled));
		List<String> empty = this.directories.keySet()
			.stream()
			.filter((path) -> !path.isEmpty() && !filled.contains(path))
			.map((path) -> path.substring(0, path.length() - 1))
			.toList();
		return new VersionManifest(head.name(), head.version(), head.time(), head.stamp(), this.files, this.links,
				empty);
	}

	/**
	 * Adds those that a path leads through, up to one that is known with all above it.
	 */
	private static void addDirectories(String path, Set<String> known) {
		int slash = path.lastIndexOf('/');
		while (slash >= 0 && known.add(path.substring(0, slash + 1))) {
			slash = path.lastIndexOf('/', slash - 1);
		}
	}

	@Override
	public void close() throws IOException {
		for (Pending file : this.pending) {
			try {
				file.finish();
			}
			catch (IOException ex) {
				// it is given up
			}
		}
		if (!this.finished) {
			discardManifest();
		}
		for (Directory directory : this.directories.values()) {
			directory.close();
		}
	}

	private void discardManifest() {
		try {
			this.manifest.discard();
		}
		catch (IOException ex) {
			// revoked, or left to what deletes the version
		}
	}

	private record Place(Directory directory, String name) {
	}

	/** A file whose sync may be under way. */
	private static final class Pending {

		private final FileHandle handle;

		private SyncFlight.@Nullable Sync sync;

		Pending(FileHandle handle) {
			this.handle = handle;
		}

		void finish() throws IOException {
			try (FileHandle closed = this.handle) {
				if (this.sync != null) {
					this.sync.await();
				}
			}
		}

	}

	private static final class Output extends OutputStream {

		private final FileHandle handle;

		private final MessageDigest digest = ChecksumAlgorithm.SHA_256.newDigest();

		private long size;

		Output(FileHandle handle) {
			this.handle = handle;
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.digest.update(bytes, offset, length);
			this.handle.write(ByteBuffer.wrap(bytes, offset, length));
			this.size += length;
		}

	}

}
