package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.format.Format;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.Listeners;
import io.atomicwrite.lock.LockRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link AtomicFileTemplate}.
 */
public final class AtomicFileTemplateBuilder {

	private final List<Supplier<? extends List<? extends WriteListener>>> listeners = new ArrayList<>();

	private final List<Supplier<? extends List<? extends Format>>> formats = new ArrayList<>();

	private final List<Supplier<? extends List<? extends DocumentListener>>> documentListeners = new ArrayList<>();

	private FileOps files = FileOps.system();

	private @Nullable LockRegistry locks;

	private WriteOptions defaults = WriteOptions.engineDefaults();

	private DirectoryRequirements requirements = DirectoryRequirements.NONE;

	private @Nullable Path baseDirectory;

	private boolean verifyOnRead;

	private CompanionNames companions = CompanionNames.VISIBLE;

	private DirectoryGuard guard = (named, target, options) -> {
	};

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
	 * Sets how the names of lock files, sidecars and backups are spelled. Companions of
	 * the other spelling are found all the same: a read verifies by a sidecar of either,
	 * backups of either are listed and counted, and a write updates a sidecar of the
	 * other spelling together with its own. Except for one: a write that keeps no
	 * checksums and has visible companions does not look for hidden sidecars, and
	 * verification then reports that the content does not match.
	 *
	 * <p>
	 * A registry that is given by {@link #locks} has a spelling of its own, see
	 * {@link io.atomicwrite.lock.LockFileRegistry.Builder#companions}, which says what is
	 * excluded where writers of one file differ in it.
	 * @param spelling the spelling, visible unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder companions(CompanionNames spelling) {
		this.companions = spelling;
		return this;
	}

	/**
	 * Sets the lock registry, which may be shared: closing the template does not close
	 * it.
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
	 * Sets what certain directories require of the writes in them. The level of the
	 * options counts too; the higher one is required.
	 * @param ofDirectories the requirements, none unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder requirements(DirectoryRequirements ofDirectories) {
		this.requirements = ofDirectories;
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
		return listeners(Listeners.only(listener));
	}

	/**
	 * Adds listeners that are looked up when an event occurs, as those that are built
	 * later than the template.
	 * @param supplier the listeners; called for each event, by several threads at once
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder listeners(Supplier<? extends List<? extends WriteListener>> supplier) {
		this.listeners.add(supplier);
		return this;
	}

	/**
	 * Adds listeners of documents that are looked up when an event occurs.
	 * @param supplier the listeners; called for each event, by several threads at once
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder documentListeners(Supplier<? extends List<? extends DocumentListener>> supplier) {
		this.documentListeners.add(supplier);
		return this;
	}

	/**
	 * Adds a format; it comes before the built-in one of the same extension.
	 * @param format the format
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder format(Format format) {
		return formats(() -> List.of(format));
	}

	/**
	 * Adds formats that are made when the first value is read or written, as those that
	 * need what is built later than the template. Of two formats with the same extension
	 * the one added first counts.
	 * @param supplier the formats; called once
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder formats(Supplier<? extends List<? extends Format>> supplier) {
		this.formats.add(supplier);
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
	 * Sets what decides whether a directory is the right one.
	 * @param directoryGuard the guard, one that lets everything pass unless set
	 * @return this builder
	 */
	public AtomicFileTemplateBuilder guard(DirectoryGuard directoryGuard) {
		this.guard = directoryGuard;
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

	CompanionNames companions() {
		return this.companions;
	}

	LockRegistry locks() {
		return (this.locks != null) ? this.locks
				: LockRegistry.fileBuilder().files(this.files).companions(this.companions).build();
	}

	WriteOptions defaults() {
		return this.defaults;
	}

	DirectoryRequirements requirements() {
		return this.requirements;
	}

	@Nullable Path baseDirectory() {
		return this.baseDirectory;
	}

	List<Supplier<? extends List<? extends WriteListener>>> listeners() {
		return this.listeners;
	}

	List<Supplier<? extends List<? extends DocumentListener>>> documentListeners() {
		return this.documentListeners;
	}

	List<Supplier<? extends List<? extends Format>>> formats() {
		return this.formats;
	}

	DirectoryGuard guard() {
		return this.guard;
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
