package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.ChecksumVerifier;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.doctor.Doctor;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.manifest.Manifest;
import io.atomicwrite.manifest.ManifestReader;
import io.atomicwrite.manifest.ManifestStep;
import io.atomicwrite.publication.Publication;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain files that must never be lost or torn. A write is all or nothing for every
 * reader, survives a crash once it has returned, and excludes other cooperating writers;
 * where the filesystem can't keep that, the write is refused before the first byte.
 * Thread-safe.
 *
 * <pre class="code">
 * AtomicFileTemplate template = AtomicFileTemplate.create();
 * template.writeString(Path.of("state.txt"), "42");
 * </pre>
 */
public final class AtomicFileTemplate implements AtomicFileOperations, AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final WriteOptions defaults;

	private final GuaranteeInspector inspector;

	private final Doctor doctor;

	private final TargetResolver resolver;

	private final LockRegistry locks;

	private final WriteProtocol protocol;

	private final FileReader reader;

	private final IntegrityReader integrity;

	private final ReadForms reads;

	private final WriteForms writes;

	private final FileOps files;

	private final TemplateDocuments documents;

	private final InFlight inFlight = new InFlight();

	AtomicFileTemplate(AtomicFileTemplateBuilder builder) {
		this.defaults = builder.defaults();
		this.files = builder.files();
		this.locks = builder.locks();
		this.inspector = new GuaranteeInspector(this.files);
		this.doctor = new Doctor(this.files, this.inspector, builder.tokens(), builder.clock());
		this.resolver = new TargetResolver(this.files, builder.baseDirectory());
		WriteListeners listeners = new WriteListeners(builder.listeners());
		CapabilityGate gate = new CapabilityGate(this.files, this.inspector, this.locks, builder.requirements(),
				listeners, builder.companions());
		this.protocol = new WriteProtocol(
				new Tools(this.files, builder.tokens(), builder.clock(), builder.companions()),
				new Entrance(this.resolver, builder.guard(), gate, this.locks, listeners, this.inFlight,
						DirectorySyncs.EACH),
				new ManifestStep.Memory());
		this.reader = new FileReader(this.files, this.resolver);
		this.integrity = new IntegrityReader(this.files, this.resolver, this.reader,
				new ChecksumVerifier(this.files, this.locks, this.defaults.checksum().algorithm(),
						builder.companions()),
				new ManifestReader(this.files, this.locks, builder.companions()), this.defaults.backup(),
				builder.companions(), listeners);
		TypedValues values = new TypedValues(builder.formats());
		this.reads = new ReadForms(this.resolver, this.reader, this.integrity, values, builder.verifyOnRead());
		this.writes = new WriteForms(this.protocol, this.resolver, new OldContent(this.integrity), values, this.reads);
		this.documents = new TemplateDocuments(this.protocol, this.integrity, values, this.defaults,
				builder.documentListeners());
	}

	/**
	 * Creates a template with a lock registry of its own.
	 * @return the template
	 */
	public static AtomicFileTemplate create() {
		return builder().build();
	}

	/**
	 * Creates a builder.
	 * @return the builder
	 */
	public static AtomicFileTemplateBuilder builder() {
		return new AtomicFileTemplateBuilder();
	}

	@Override
	public WriteOptions defaults() {
		return this.defaults;
	}

	@Override
	public WriteResult write(Path target, byte[] content, WriteOptions options) {
		return this.writes.bytes(target, content, options);
	}

	@Override
	public WriteResult writeString(Path target, CharSequence text, Charset charset, WriteOptions options) {
		return this.writes.string(target, text, charset, options);
	}

	@Override
	public WriteResult write(Path target, InputStream content, WriteOptions options) {
		return this.writes.stream(target, content, options);
	}

	@Override
	public WriteResult write(Path target, ContentWriter content, WriteOptions options) {
		return this.writes.callback(target, content, options);
	}

	@Override
	public BatchResult writeAll(Batch batch) {
		return new BatchRun(this.protocol, this.files, batch, this.defaults).run();
	}

	@Override
	public Publication publication(Path directory, String name) {
		Path root = directory.resolve(name).normalize();
		if (name.isEmpty() || name.indexOf('/') >= 0 || !root.equals(directory.normalize().resolve(name))) {
			throw new IllegalArgumentException("'" + name + "' is not the name of a directory for a publication");
		}
		return new Publication(this.protocol.tools(), this.locks,
				new TemplatePointer(this.protocol, root.resolve(Publication.LATEST), this.defaults), name);
	}

	@Override
	public StagedWrite open(Path target, WriteOptions options) {
		return new StagedWrite(this.protocol, this.protocol.stage(this.protocol.resolve(target, options)));
	}

	@Override
	public WriteResult append(Path target, byte[] bytes, WriteOptions options) {
		return this.writes.append(target, bytes, options);
	}

	@Override
	public WriteResult append(Path target, InputStream content, WriteOptions options) {
		return this.writes.append(target, content, options);
	}

	@Override
	public WriteResult move(Path source, Path target, WriteOptions options) {
		return this.protocol.commit(this.protocol.beginMove(source, target, options));
	}

	@Override
	public WriteResult delete(Path target, WriteOptions options) {
		// whether an existing file may be replaced says nothing about deleting it
		return this.protocol.beginDelete(target, options.with((changes) -> changes.overwrite(true)))
			.map(this.protocol::commit)
			.orElseGet(() -> WriteResult.builder(this.resolver.absolute(target), WriteOutcome.UNCHANGED).build());
	}

	@Override
	public boolean exists(Path file) {
		return this.reader.exists(file);
	}

	@Override
	public byte[] read(Path file) {
		return this.reads.read(file);
	}

	@Override
	public OpenFile openRead(Path file) {
		return this.reads.open(file);
	}

	@Override
	public String readString(Path file, Charset charset) {
		return this.reads.string(file, charset);
	}

	@Override
	public Version version(Path file) {
		return this.reader.version(file);
	}

	@Override
	public WriteResult writeValue(Path target, Object value, WriteOptions options) {
		return this.writes.value(target, value, options);
	}

	@Override
	public <T> Versioned<T> readVersioned(Path file, TypeReference<T> type) {
		return this.reads.versioned(file, type.type());
	}

	@Override
	public <T> UpdateResult<T> update(Path target, TypeReference<T> type, UnaryOperator<@Nullable T> change,
			WriteOptions options) {
		return this.writes.update(target, type.type(), change, options);
	}

	@Override
	public <T> AtomicDocument<T> document(Path file, DocumentOptions<T> options) {
		try {
			return this.documents.open(file, options);
		}
		catch (IOException ex) {
			throw this.reader.unreadable(file, ex);
		}
	}

	@Override
	public ChecksumInfo verify(Path file) {
		return this.integrity.verify(file);
	}

	@Override
	public byte[] readVerified(Path file) {
		return this.integrity.readVerified(file);
	}

	@Override
	public LastKnownGood<byte[]> readVerifiedOrBackup(Path file) {
		return this.integrity.lastKnownGood(file, (source, content) -> content);
	}

	@Override
	public <T> LastKnownGood<T> readValueOrBackup(Path file, TypeReference<T> type) {
		return this.reads.valueOrBackup(file, type.type());
	}

	@Override
	public Checksum checksum(Path file, ChecksumAlgorithm algorithm) {
		return this.integrity.checksum(file, algorithm);
	}

	@Override
	public Optional<ChecksumInfo> checksumInfo(Path file) {
		return this.integrity.checksumInfo(file);
	}

	@Override
	public Optional<Manifest> manifest(Path file) {
		return this.integrity.manifest(file);
	}

	@Override
	public List<Backup> generations(Path target, WriteOptions options) {
		return this.integrity.generations(target, options.backup());
	}

	@Override
	public WriteResult accept(Path file, WriteOptions options) {
		WriteOptions accepting = options
			.with((changes) -> changes.overwrite(true).createDirectories(false).backup(BackupPolicy.none()));
		return this.protocol.commit(this.protocol.beginAcceptance(file, accepting));
	}

	@Override
	public WriteResult restore(Path target, Backup backup, WriteOptions options) {
		this.integrity.requireSound(backup.path());
		try (InputStream content = this.files.openRead(backup.path())) {
			return write(target, content, this.integrity.restoring(backup.path(), options));
		}
		catch (IOException ex) {
			throw this.reader.unreadable(backup.path(), ex);
		}
	}

	@Override
	public GuaranteeReport inspect(Path path) {
		try {
			return this.inspector.inspect(this.resolver.absolute(path));
		}
		catch (IOException ex) {
			throw this.reader.unreadable(path, ex);
		}
	}

	@Override
	public DoctorReport diagnose(Path path, DoctorOptions options) {
		try {
			return this.doctor.diagnose(this.resolver.absolute(path), options);
		}
		catch (IOException ex) {
			throw this.reader.unreadable(path, ex);
		}
	}

	/**
	 * Closes the documents, refuses new writes, ends the waits of its writes for locks,
	 * waits up to ten seconds for those under way, and then discards what was not
	 * committed, for which it waits for three seconds at most: on a filesystem that hangs
	 * a discard may never end. What the template was given stays open, as others may use
	 * it: the lock registry above all. A registry that the template has made for itself
	 * then holds nothing any more.
	 */
	@Override
	public void close() {
		this.documents.close();
		this.inFlight.close(GRACE);
	}

}
