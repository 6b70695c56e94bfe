package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import io.atomicwrite.format.Format;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link AtomicFileTemplate}.
 */
public final class AtomicFileTemplateBuilder {

	private final List<WriteListener> listeners = new ArrayList<>();

	private final List<Format> formats = new ArrayList<>();

	private FileOps files = FileOps.system();

	private @Nullable LockRegistry locks;

	private WriteOptions defaults = WriteOptions.engineDefaults();

	private @Nullable Path baseDirectory;

	private boolean verifyOnRead;

	private LongSupplier tokens = () -> ThreadLocalRandom.current().nextLong();

	private InstantSource clock = InstantSource.system();

	AtomicFileTemplateBuilder() {
	}

	/**
	 * Sets the file operations.
	 * @param fileOps the operations, those of this machine unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder files(FileOps fileOps) {
		this.files = fileOps;
		return this;
	}

	/**
	 * Sets the lock registry.
	 * @param registry the registry, one of its own that uses lock files unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder locks(LockRegistry registry) {
		this.locks = registry;
		return this;
	}

	/**
	 * Sets the options of writes that bring none.
	 * @param options the options
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder defaults(WriteOptions options) {
		this.defaults = options;
		return this;
	}

	/**
	 * Sets the directory in which relative paths are resolved and which no path may
	 * leave, be it by {@code ..}, as an absolute path or through a link.
	 * @param directory the directory, or {@code null} for none
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder baseDirectory(@Nullable Path directory) {
		this.baseDirectory = directory;
		return this;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder listener(WriteListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Adds a format; it comes before the built-in one of the same extension.
	 * @param format the format
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder format(Format format) {
		this.formats.add(format);
		return this;
	}

	/**
	 * Sets whether every read verifies: a file without a checksum can then not be read.
	 * Default: no.
	 * @param verify whether reads verify
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder verifyOnRead(boolean verify) {
		this.verifyOnRead = verify;
		return this;
	}

	/**
	 * Sets what distinguishes staging files.
	 * @param supplier the numbers, random unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder tokens(LongSupplier supplier) {
		this.tokens = supplier;
		return this;
	}

	/**
	 * Sets the clock that gives backups their names, and by which the doctor compares the
	 * times of files.
	 * @param instantSource the clock, that of the system unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder clock(InstantSource instantSource) {
		this.clock = instantSource;
		return this;
	}

	/**
	 * Builds the template.
	 * @return the template
	 */
	public AtomicFileTemplate build() {
		return new AtomicFileTemplate(this);
	}

	FileOps files() {
		return this.files;
	}

	LockRegistry locks() {
		return (this.locks != null) ? this.locks : LockRegistry.fileBuilder().files(this.files).build();
	}

	WriteOptions defaults() {
		return this.defaults;
	}

	@Nullable Path baseDirectory() {
		return this.baseDirectory;
	}

	List<WriteListener> listeners() {
		return this.listeners;
	}

	List<Format> formats() {
		return this.formats;
	}

	boolean verifyOnRead() {
		return this.verifyOnRead;
	}

	InstantSource clock() {
		return this.clock;
	}

	LongSupplier tokens() {
		return this.tokens;
	}

}
