package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.atomicwrite.FormatException;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.doctor.Doctor;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockRegistry;
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
 *
 * <p>
 * Failures are {@link io.atomicwrite.AtomicWriteException}s, which tell the phase and
 * whether the new content is visible. A file that can't be read is an
 * {@link UncheckedIOException}. An interrupt ends the wait for a lock and nothing else.
 */
public final class AtomicFileTemplate implements AtomicFileOperations, AutoCloseable {

	private static final int BUFFER = 64 * 1024;

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final WriteOptions defaults;

	private final GuaranteeInspector inspector;

	private final Doctor doctor;

	private final TargetResolver resolver;

	private final LockRegistry locks;

	private final TypedValues values;

	private final WriteProtocol protocol;

	private final FileReader reader;

	private final IntegrityReader integrity;

	private final OldContent oldContent;

	private final boolean verifyOnRead;

	private final FileOps files;

	private final InFlight inFlight = new InFlight();

	private final Cleaner cleaner = Cleaner.create();

	AtomicFileTemplate(AtomicFileTemplateBuilder builder) {
		this.defaults = builder.defaults();
		this.files = builder.files();
		this.locks = builder.locks();
		this.values = new TypedValues(builder.formats());
		this.inspector = new GuaranteeInspector(this.files);
		this.doctor = new Doctor(this.files, this.inspector, builder.tokens(), builder.clock());
		this.resolver = new TargetResolver(this.files, builder.baseDirectory());
		WriteListeners listeners = new WriteListeners(builder.listeners());
		CapabilityGate gate = new CapabilityGate(this.files, this.inspector, this.locks.scope(), listeners);
		this.protocol = new WriteProtocol(new Tools(this.files, builder.tokens(), builder.clock()), this.resolver, gate,
				this.locks, listeners, this.inFlight);
		this.reader = new FileReader(this.files, this.resolver);
		this.integrity = new IntegrityReader(this.files, this.resolver, this.reader,
				new ChecksumVerifier(this.files, this.locks, this.defaults.checksum().algorithm()),
				this.defaults.backup(), listeners);
		this.oldContent = new OldContent(this.integrity);
		this.verifyOnRead = builder.verifyOnRead();
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
		return write(target, ByteBuffer.wrap(content), options);
	}

	private WriteResult write(Path target, ByteBuffer content, WriteOptions options) {
		PendingWrite write = this.protocol.begin(target, options);
		try {
			write.write(content);
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return this.protocol.commit(write);
	}

	@Override
	public WriteResult writeString(Path target, CharSequence text, WriteOptions options) {
		return writeString(target, text, StandardCharsets.UTF_8, options);
	}

	@Override
	public WriteResult writeString(Path target, CharSequence text, Charset charset, WriteOptions options) {
		return write(target, TextEncoder.encode(this.resolver.absolute(target), text, charset), options);
	}

	@Override
	public WriteResult write(Path target, InputStream content, WriteOptions options) {
		return write(target, (out) -> {
			byte[] buffer = new byte[BUFFER];
			for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
				out.write(buffer, 0, read);
			}
		}, options);
	}

	@Override
	public WriteResult write(Path target, ContentWriter content, WriteOptions options) {
		PendingWrite write = this.protocol.begin(target, options);
		StagingOutput out = new StagingOutput(write);
		try {
			content.writeTo(out);
			out.flush();
		}
		catch (Throwable ex) {
			throw write.fail(contentFailure(write, out, ex));
		}
		IOException hidden = out.failure();
		if (hidden != null) {
			throw write.fail(hidden);
		}
		return this.protocol.commit(write);
	}

	/** The error of the staging file counts, also where the callback has wrapped it. */
	private static Throwable contentFailure(PendingWrite write, StagingOutput out, Throwable thrown) {
		IOException ofStagingFile = out.failure();
		if (ofStagingFile != null) {
			return ofStagingFile;
		}
		return (thrown instanceof IOException ex) ? WriteErrors.noContent(write.target().path(), ex) : thrown;
	}

	@Override
	public StagedWrite open(Path target, WriteOptions options) {
		return new StagedWrite(this.protocol, this.protocol.begin(target, options), this.cleaner);
	}

	@Override
	public WriteResult append(Path target, byte[] bytes, WriteOptions options) {
		requireLock(options, "append");
		if (!options.overwrite()) {
			throw new IllegalArgumentException("append replaces the file and so needs overwrite");
		}
		PendingWrite write = this.protocol.begin(target, options);
		try {
			this.oldContent.copyInto(write);
			write.write(ByteBuffer.wrap(bytes));
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return this.protocol.commit(write);
	}

	@Override
	public WriteResult move(Path source, Path target, WriteOptions options) {
		return this.protocol.commit(this.protocol.beginMove(source, target, options));
	}

	@Override
	public boolean delete(Path target, WriteOptions options) {
		// whether an existing file may be replaced says nothing about deleting it
		Optional<FileRemoval> removal = this.protocol.beginDelete(target, options.toBuilder().overwrite(true).build());
		removal.ifPresent(this.protocol::commit);
		return removal.isPresent();
	}

	@Override
	public byte[] read(Path file) {
		return this.verifyOnRead ? this.integrity.readVerified(file) : this.reader.read(file);
	}

	@Override
	public String readString(Path file) {
		return readString(file, StandardCharsets.UTF_8);
	}

	@Override
	public String readString(Path file, Charset charset) {
		return TextEncoder.decode(this.resolver.absolute(file), read(file), charset);
	}

	@Override
	public Version version(Path file) {
		return this.reader.version(file);
	}

	@Override
	public WriteResult writeValue(Path target, Object value, WriteOptions options) {
		byte[] content = this.values.encode(this.resolver.absolute(target), value);
		return write(target, content, options.digest() ? options : options.toBuilder().digest(true).build());
	}

	@Override
	public <T> T readValue(Path file, Class<T> type) {
		return this.<T>readVersioned(file, (Type) type).value();
	}

	@Override
	public <T> T readValue(Path file, TypeReference<T> type) {
		return this.<T>readVersioned(file, type.type()).value();
	}

	@Override
	public <T> Versioned<T> readVersioned(Path file, Class<T> type) {
		return readVersioned(file, (Type) type);
	}

	private <T> Versioned<T> readVersioned(Path file, Type type) {
		byte[] content = read(file);
		return new Versioned<>(this.values.decode(this.resolver.absolute(file), content, type), Version.of(content));
	}

	@Override
	public <T> Versioned<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change,
			WriteOptions options) {
		requireLock(options, "update");
		PendingWrite write = this.protocol.begin(target, options.toBuilder().digest(true).build());
		T after;
		try {
			Versioned<T> before = (write.target().existing() != null) ? this.oldContent.read(write.target().path(),
					() -> this.<T>readVersioned(write.target().path(), (Type) type)) : null;
			after = Objects.requireNonNull(change.apply((before != null) ? before.value() : null),
					"the change of an update must return a value");
			if (before != null && before.value().equals(after)) {
				write.discard();
				return before;
			}
			write.write(ByteBuffer.wrap(this.values.encode(write.target().path(), after)));
		}
		catch (Throwable ex) {
			throw write.fail(ex);
		}
		return new Versioned<>(after, this.protocol.commit(write).version().orElseThrow());
	}

	private static void requireLock(WriteOptions options, String operation) {
		if (options.lock().isNone()) {
			throw new IllegalArgumentException(
					operation + " reads what it writes and so needs a lock; use a lock policy other than none");
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
	public <T> LastKnownGood<T> readValueOrBackup(Path file, Class<T> type) {
		return this.integrity.lastKnownGood(file, (source, content) -> this.values.<T>decode(source, content, type));
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
	public List<Backup> generations(Path target) {
		return this.integrity.generations(target, this.defaults.backup());
	}

	@Override
	public WriteResult restore(Path target, Backup backup) {
		this.integrity.requireSound(backup.path());
		try (InputStream content = this.files.openRead(backup.path())) {
			return write(target, content, this.integrity.restoring(backup.path(), this.defaults));
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
			throw new UncheckedIOException(path + ": can't be inspected: " + ex.getMessage(), ex);
		}
	}

	@Override
	public DoctorReport diagnose(Path path, DoctorOptions options) {
		try {
			return this.doctor.diagnose(this.resolver.absolute(path), options);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(path + ": can't be diagnosed: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Refuses new writes, waits up to ten seconds for those under way, and then discards
	 * what was not committed. The lock registry is not closed: it may be shared.
	 */
	@Override
	public void close() {
		this.inFlight.close(GRACE);
	}

}
