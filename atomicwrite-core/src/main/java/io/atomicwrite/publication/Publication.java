package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.Problem;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.isolation.Listeners;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;

/**
 * A set of files that readers see whole. Each version is a directory of its own, with a
 * manifest; {@code latest} names the newest, and one step moves it. Thread-safe, also
 * among processes.
 *
 * <pre class="code">
 * Publication dataset = template.publication(Path.of("/data"), "dataset");
 * dataset.publish((version) -&gt; version.file("part-0.csv", (out) -&gt; export(out)));
 * try (OpenVersion version = dataset.open("latest")) {
 *     load(version.path());
 * }
 * </pre>
 *
 * <p>
 * Versions are not changed once they are published. A reader that opens one keeps it from
 * being swept; a program that follows {@code latest} by itself has no lease, and needs a
 * retention that leaves it time.
 */
public final class Publication {

	/** The name by which {@link #open} finds the version that is published last. */
	public static final String LATEST = VersionNames.LATEST;

	private static final int ATTEMPTS = 100;

	/** Others that move the pointer to the same version have it for one move. */
	static final LockRequest LEASE_WAIT = LockRequest.waitUpTo(Duration.ofSeconds(30));

	private final Tools tools;

	private final LockRegistry locks;

	private final PublicationPointer pointer;

	private final String name;

	private final Listeners<PublicationListener> listeners;

	/**
	 * Creates a publication. Applications get theirs from the template.
	 * @param tools what the engine works with
	 * @param locks the registry of the writers
	 * @param pointer moves {@code latest}
	 * @param name the name of the publication
	 */
	public Publication(Tools tools, LockRegistry locks, PublicationPointer pointer, String name) {
		this(tools, locks, pointer, name, new Listeners<>(List.of()));
	}

	private Publication(Tools tools, LockRegistry locks, PublicationPointer pointer, String name,
			Listeners<PublicationListener> listeners) {
		this.tools = tools;
		this.locks = locks;
		this.pointer = pointer;
		this.name = name;
		this.listeners = listeners;
	}

	/**
	 * Returns this publication with a listener for what is done through the returned
	 * object, and in place of the listener that this one has.
	 * @param listener the listener
	 * @return the publication
	 */
	public Publication withListener(PublicationListener listener) {
		return new Publication(this.tools, this.locks, this.pointer, this.name,
				new Listeners<>(List.of(Listeners.only(listener))));
	}

	/**
	 * Returns the name of the publication.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Publishes a version behind a symbolic link, under a name made of the time.
	 * @param content produces its files
	 * @return the version
	 */
	public PublishedVersion publish(VersionContent content) {
		return publish(content, PublishOptions.defaults());
	}

	/**
	 * Publishes a version: its files are written into a directory of their own, synced,
	 * and listed in its manifest; then one step moves {@code latest} to it. Whatever
	 * fails before that leaves {@code latest} and all other versions as they are, and
	 * nothing of this one.
	 * @param content produces its files
	 * @param options how to publish
	 * @return the version, which survives a crash where the filesystem keeps that
	 * @throws io.atomicwrite.TargetExistsException if the name of the version is taken
	 * @throws io.atomicwrite.AtomicWriteException if it can't be published
	 */
	public PublishedVersion publish(VersionContent content, PublishOptions options) {
		options.version().ifPresent(VersionNames::requireVersion);
		Objects.requireNonNull(content, "the content of a version is null; nothing was published");
		Optional<String> before;
		PublishedVersion published;
		try {
			Path root = directory();
			before = latestOrNone();
			published = new VersionPublisher(this.tools, this.locks, this.pointer, this.name, root).publish(content,
					options);
		}
		catch (RuntimeException | Error ex) {
			this.listeners.invoke((listener) -> listener.failed(this.name, ex));
			throw ex;
		}
		moved(before, published, false);
		options.retention().ifPresent(this::sweep);
		return published;
	}

	private void moved(Optional<String> before, PublishedVersion after, boolean rollback) {
		PublicationMove move = new PublicationMove(this.name, before, after, rollback);
		this.listeners.invoke((listener) -> listener.moved(move));
	}

	/** A pointer that names no version is replaced, whatever it holds. */
	private Optional<String> latestOrNone() {
		try {
			return this.listeners.isEmpty() ? Optional.empty() : latest();
		}
		catch (ReadFailedException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Opens a version to read it. {@code latest} is resolved once: whatever is published
	 * meanwhile, the reader sees one version.
	 * @param version the name of a version, or {@code latest}
	 * @return the version, to be closed
	 * @throws TargetMissingException if there is no such version
	 * @throws ReadFailedException if it can't be opened, as on a filesystem without locks
	 */
	public OpenVersion open(String version) {
		return reading((root) -> {
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				String resolved = resolve(root, version);
				Optional<ReaderLeases.Lease> lease = ReaderLeases.read(root, resolved);
				if (lease.isPresent()) {
					if (Versions.isFinished(root, resolved)) {
						return new OpenVersion(resolved, root.path(resolved), lease.get());
					}
					lease.get().close();
				}
				if (!version.equals(LATEST) || resolved.equals(resolve(root, LATEST))) {
					throw missing(root.path(version),
							"there is no such version (" + version + "), or it is being swept");
				}
			}
			throw missing(root.path(version), "each version that it named was swept before it could be opened");
		});
	}

	private String resolve(Directory root, String version) throws IOException {
		if (!version.equals(LATEST)) {
			return VersionNames.requireVersion(version);
		}
		return Versions.latest(root).orElseThrow(() -> missing(root.path(LATEST), "nothing is published"));
	}

	/**
	 * Returns the version that {@code latest} names.
	 * @return its name, empty if nothing is published
	 */
	public Optional<String> latest() {
		return existing(Versions::latest, Optional::empty);
	}

	/**
	 * Returns the versions that are whole.
	 * @return the versions, the oldest first
	 */
	public List<PublishedVersion> list() {
		return existing(Versions::list, List::of);
	}

	/**
	 * Holds a version against its manifest, each byte of it.
	 * @param version the name of a version, or {@code latest}
	 * @return what differs
	 * @throws TargetMissingException if there is no such version
	 */
	public VersionReport verify(String version) {
		try (OpenVersion open = open(version)) {
			return reading((root) -> new VersionCheck(this.tools.files(), open.path()).run());
		}
	}

	/**
	 * Moves {@code latest} back to the version before the one that it names.
	 * @return the version that it names now
	 * @throws TargetMissingException if there is none before
	 */
	public PublishedVersion rollback() {
		List<PublishedVersion> versions = list();
		String before = "";
		for (PublishedVersion version : versions) {
			if (version.latest()) {
				break;
			}
			before = version.name();
		}
		if (before.isEmpty() || versions.stream().noneMatch(PublishedVersion::latest)) {
			throw missing(this.pointer.check(), "there is no version before the one that it names");
		}
		return rollbackTo(before);
	}

	/**
	 * Moves {@code latest} to a version that was published before, or after.
	 * @param version the name of the version
	 * @return the version
	 * @throws TargetMissingException if there is no such version
	 */
	public PublishedVersion rollbackTo(String version) {
		// the lease of a reader keeps it from being swept until latest names it
		try (OpenVersion open = open(VersionNames.requireVersion(version)); LockLeases lease = fenced(open)) {
			Optional<String> before = latestOrNone();
			move(open.name(), lease);
			PublishedVersion now = list().stream()
				.filter((each) -> each.name().equals(version))
				.findFirst()
				.orElseThrow(() -> missing(open.path(), "the version is gone"));
			moved(before, now, true);
			return now;
		}
	}

	private void move(String version, LockLeases lease) {
		PointerKind kind = reading((root) -> {
			PointerKind found = Versions.pointer(root);
			if (found == PointerKind.DIRECTORY) {
				new ExchangeCheck(this.tools, this.locks, root.path(LATEST)).requireCall();
			}
			return found;
		});
		new Latest(this.pointer, this.name).move(version, kind, lease);
	}

	/** A server may end the lock of a reader that it does not hear of. */
	private LockLeases fenced(OpenVersion version) {
		return (this.locks.scope() == LockScope.CLUSTER)
				? this.locks.acquireResolved(List.of(version.path()), LEASE_WAIT) : LockLeases.none();
	}

	/**
	 * Removes versions that a retention does not keep, and those that were never finished
	 * and whose writer is gone. What {@code latest} names stays, and so does what a
	 * reader or a writer has open.
	 * @param retention what stays
	 * @return what was removed
	 */
	public VersionSweepReport sweep(Retention retention) {
		VersionSweepReport report = existing((root) -> new VersionSweep(this.tools, root, this.locks).run(retention),
				() -> new VersionSweepReport(List.of(), List.of(), List.of()));
		this.listeners.invoke((listener) -> listener.swept(this.name, report));
		return report;
	}

	/**
	 * Returns the size of a version.
	 * @param version the name of a version, or {@code latest}
	 * @return the sizes of its files in bytes, as its manifest has them
	 * @throws TargetMissingException if there is no such version
	 * @throws ReadFailedException if its manifest can't be read
	 */
	public long size(String version) {
		return reading((root) -> {
			Path manifest = root.path(resolve(root, version)).resolve(VersionNames.MANIFEST);
			try (InputStream in = this.tools.files().openRead(manifest)) {
				return VersionManifest.parse(in.readAllBytes())
					.orElseThrow(() -> new IOException(manifest + " is not the manifest of a version"))
					.size();
			}
			catch (NoSuchFileException ex) {
				throw missing(root.path(version), "there is no such version (" + version + ")");
			}
		});
	}

	/**
	 * Returns how many leases of a version this application has.
	 * @param version the name of a version
	 * @return their number; other processes may have more
	 */
	public int readers(String version) {
		return ReaderLeases.held(directory().resolve(VersionNames.readers(VersionNames.requireVersion(version))));
	}

	/**
	 * Returns the directory of the publication.
	 * @return the canonical path, which need not exist
	 */
	public Path directory() {
		return Objects.requireNonNull(this.pointer.check().getParent());
	}

	private <T> T existing(Look<T> look, Supplier<T> none) {
		return reading((root) -> look.at(root), none);
	}

	private <T> T reading(Look<T> look) {
		return reading(look, () -> {
			throw missing(directory(), "nothing is published");
		});
	}

	private <T> T reading(Look<T> look, Supplier<T> none) {
		Path path = directory();
		try {
			Directory root;
			try {
				root = this.tools.files().open(path);
			}
			catch (NoSuchFileException ex) {
				return none.get();
			}
			try (root) {
				return look.at(root);
			}
		}
		catch (IOException ex) {
			Problem problem = Problem.of(IoErrors.text(ex) + " while reading the publication",
					Remedy.ofReading(IoErrors.classify(ex)));
			throw new ReadFailedException(path, problem.causedBy(IoErrors.classify(ex)), ex);
		}
	}

	private static TargetMissingException missing(Path path, String what) {
		return new TargetMissingException(path, Problem.of(what, Remedy.CORRECT_PATH), null);
	}

	private interface Look<T> {

		T at(Directory root) throws IOException;

	}

}
