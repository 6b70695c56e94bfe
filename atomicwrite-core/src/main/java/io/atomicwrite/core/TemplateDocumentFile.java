package io.atomicwrite.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.artifact.FileRights;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.DocumentFile;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.watch.FileWatcher;
import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.Signature;
import org.jspecify.annotations.Nullable;

/**
 * The file of a document, replaced by the write protocol of a template.
 */
final class TemplateDocumentFile implements DocumentFile {

	/** Within that time a file may change and have the same time stamps. */
	private static final Duration SETTLED = Duration.ofSeconds(2);

	private final WriteProtocol protocol;

	private final IntegrityReader integrity;

	private final FileWatcher watcher;

	private final WriteOptions options;

	private final Path path;

	private final Path canonical;

	TemplateDocumentFile(WriteProtocol protocol, IntegrityReader integrity, FileWatcher watcher, WriteOptions options,
			Path raw) throws IOException {
		if (options.lock().isNone()) {
			throw new IllegalArgumentException(
					"a document reads what it writes and so needs a lock; use a lock policy other than none");
		}
		this.protocol = protocol;
		this.integrity = integrity;
		this.watcher = watcher;
		this.options = options.with((changes) -> changes.overwrite(true).expectedVersion(null));
		this.path = withoutDots(protocol.entrance().resolver().absolute(raw));
		this.canonical = canonical(protocol.entrance().resolver(), raw);
	}

	/** A single dot leads nowhere else, as two may do behind a link. */
	private static Path withoutDots(Path absolute) {
		Path result = Objects.requireNonNull(absolute.getRoot());
		for (Path name : absolute) {
			result = name.toString().equals(".") ? result : result.resolve(name);
		}
		return result;
	}

	/** In a directory that does not exist, there is nothing to follow. */
	private static Path canonical(TargetResolver resolver, Path raw) throws IOException {
		try {
			return resolver.named(raw);
		}
		catch (NoSuchFileException ex) {
			return resolver.absolute(raw).normalize();
		}
	}

	@Override
	public Path path() {
		return this.path;
	}

	@Override
	public Path canonical() {
		return this.canonical;
	}

	@Override
	public Look read(int maxSize) {
		try {
			return this.watcher.look(this.protocol.entrance().resolver().readable(this.path), maxSize);
		}
		catch (NoSuchFileException ex) {
			return new Look.Missing();
		}
		catch (IOException ex) {
			return new Look.Unreadable(ex);
		}
		catch (TargetRejectedException ex) {
			return new Look.Unreadable(new IOException(ex.problem().summary(), ex));
		}
	}

	@Override
	public boolean isUnchanged(Signature known) {
		Instant settled = this.protocol.tools().clock().instant().minus(SETTLED);
		try {
			return settled.isAfter(known.changed()) && settled.isAfter(known.modified())
					&& this.watcher.signature(this.path).filter(known::equals).isPresent();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public byte[] read(Backup backup) {
		return this.integrity.readSound(backup.path());
	}

	@Override
	public LockRequest lock() {
		return this.options.lock();
	}

	@Override
	public DocumentFile.Location open() throws IOException {
		Path file = this.protocol.entrance().resolver().named(this.path);
		Directory directory = this.protocol.tools().files().open(Objects.requireNonNull(file.getParent()));
		try {
			String name = Objects.requireNonNull(file.getFileName()).toString();
			return new OpenLocation(new Place(directory, name, directory.stat(name)));
		}
		catch (IOException | RuntimeException ex) {
			directory.close();
			throw ex;
		}
	}

	@Override
	public Write begin(LockRequest request) {
		return new OpenWrite(this.protocol
			.stage(this.protocol.resolve(this.path, this.options.with((changes) -> changes.lock(request)))));
	}

	/** Throws unless the file still is what it was when it was read. */
	private void requireUnchanged(Path target, Look base, boolean read) {
		if (read && base instanceof Look.Content content && isUnchanged(content.signature())) {
			return;
		}
		int limit = (base instanceof Look.Content content) ? Math.max(1, content.bytes().length) : 1;
		Look now = read(limit);
		if (!isSame(base, now)) {
			throw new VersionConflictException(target, version(base), found(now));
		}
	}

	private static boolean isSame(Look base, Look now) {
		if (base instanceof Look.Content before && now instanceof Look.Content after) {
			return before.signature().file().equals(after.signature().file())
					&& Arrays.equals(before.bytes(), after.bytes());
		}
		return base.getClass() == now.getClass() && !(base instanceof Look.TooLarge before
				&& now instanceof Look.TooLarge after && before.size() != after.size());
	}

	private static String version(Look look) {
		Version version = (look instanceof Look.Content content) ? Version.of(content.bytes()) : Version.none();
		return version.toString();
	}

	private static @Nullable String found(Look look) {
		return (look instanceof Look.Missing) ? null
				: (look instanceof Look.Content) ? version(look) : "another content";
	}

	/** The place of the file without a lease. */
	private record OpenLocation(Place place) implements DocumentFile.Location {

		@Override
		public Directory directory() {
			return this.place.directory();
		}

		@Override
		public String name() {
			return this.place.name();
		}

		@Override
		public FileRights rights() {
			return NewFileRights.like(this.place);
		}

		@Override
		public void close() {
			try {
				this.place.directory().close();
			}
			catch (IOException ex) {
				// nothing was written through it
			}
		}

	}

	/** A write under its lease. */
	private final class OpenWrite implements Write {

		private final PendingWrite write;

		OpenWrite(PendingWrite write) {
			this.write = write;
		}

		@Override
		public Directory directory() {
			return this.write.target().directory();
		}

		@Override
		public String name() {
			return this.write.target().name();
		}

		@Override
		public FileRights rights() {
			return NewFileRights.like(this.write.target());
		}

		@Override
		public void sync() throws IOException {
			ChangeScope scope = this.write.site();
			scope.changed(directory());
			scope.sync();
		}

		@Override
		public Optional<Signature> found() {
			return signature(this.write.target().existing());
		}

		@Override
		public Optional<Signature> written() {
			return signature(this.write.created().orElse(null));
		}

		private Optional<Signature> signature(@Nullable FileStat stat) {
			return Optional.ofNullable(stat)
				.filter(FileStat::isRegular)
				.map((regular) -> Signature.of(this.write.target().path(), regular));
		}

		@Override
		public WriteOutcome commit(byte[] content, List<String> losses, Look base, boolean read) {
			try {
				losses.forEach((loss) -> this.write.site()
					.grant()
					.warnings()
					.add("not kept by the change of a value: " + loss));
				this.write.write(ByteBuffer.wrap(content));
				this.write.confirmBy(() -> requireUnchanged(this.write.target().path(), base, read));
			}
			catch (Throwable ex) {
				throw this.write.fail(ex);
			}
			return TemplateDocumentFile.this.protocol.commit(this.write).outcome();
		}

		@Override
		public void close() {
			this.write.discard();
		}

	}

}
