package io.atomicwrite.spring.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.spring.config.ImportLoading.Loaded;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * An imported file and what is known of it. Thread-safe: each answer is one volatile
 * read.
 */
public final class ImportedFile {

	private final AtomicFileConfigDataResource resource;

	private volatile State state;

	ImportedFile(AtomicFileConfigDataResource resource, Loaded loaded, Instant now) {
		this.resource = resource;
		ImportStatus status = (loaded.content() == null) ? ImportStatus.MISSING
				: (loaded.problem() != null) ? ImportStatus.LAST_GOOD : ImportStatus.VALID;
		Served served = new Served(loaded.source(), loaded.content(), loaded.sources());
		this.state = new State(status, now, loaded.problem(), Version.none(), served);
	}

	AtomicFileConfigDataResource resource() {
		return this.resource;
	}

	/** Whether its content counts once it has settled, and not before. */
	boolean isWatched() {
		return this.resource.settings().properties().refresh() == ConfigImportProperties.Refresh.AUTO;
	}

	/**
	 * Returns the path.
	 * @return the absolute path, links not followed
	 */
	public Path file() {
		return this.resource.file();
	}

	/**
	 * Returns what the properties are worth.
	 * @return the status
	 */
	public ImportStatus status() {
		return this.state.status;
	}

	/**
	 * Returns since when the file has this status.
	 * @return the time
	 */
	public Instant since() {
		return this.state.since;
	}

	/**
	 * Returns why the content of the file is not used.
	 * @return the problem, empty if the content is used or the file is missing
	 */
	public Optional<ImportProblem> problem() {
		return Optional.ofNullable(this.state.problem);
	}

	/**
	 * Returns what the properties were read from.
	 * @return the file itself, or its last good version
	 */
	public Path source() {
		return this.state.served.path;
	}

	/**
	 * Returns the version of the content that the properties have.
	 * @return the version, {@link Version#none()} if there was no file
	 */
	public Version version() {
		byte[] content = this.state.served.content;
		return (content != null) ? Version.of(content) : Version.none();
	}

	/** The property sources of all documents. */
	List<PropertySource<?>> sources() {
		return this.state.served.sources;
	}

	/** The content that the properties have, if it is that of the file. */
	Optional<byte[]> loaded() {
		Served served = this.state.served;
		return served.path.equals(file()) ? Optional.ofNullable(served.content) : Optional.empty();
	}

	boolean hasContent(byte[] content) {
		return loaded().filter((served) -> Arrays.equals(served, content)).isPresent();
	}

	/** The properties are those of the file now. */
	void accepted(byte[] content, List<PropertySource<?>> sources, Instant now) {
		this.state = new State(ImportStatus.VALID, since(ImportStatus.VALID, now), null, Version.none(),
				new Served(file(), content, sources));
	}

	/**
	 * The properties stay as they are.
	 * @return whether this content was not rejected before
	 */
	boolean rejected(ImportProblem problem, byte[] content, Instant now) {
		State before = this.state;
		Version version = Version.of(content);
		ImportStatus status = before.served.path.equals(file()) ? ImportStatus.INVALID : ImportStatus.LAST_GOOD;
		this.state = new State(status, since(status, now), problem, version, before.served);
		boolean first = before.rejected.equals(Version.none());
		return !problem.equals(before.problem) || !(first || before.rejected.equals(version));
	}

	/** The properties stay as they are. */
	void missing(Instant now) {
		this.state = new State(ImportStatus.MISSING, since(ImportStatus.MISSING, now), null, Version.none(),
				this.state.served);
	}

	private Instant since(ImportStatus status, Instant now) {
		return (this.state.status == status) ? this.state.since : now;
	}

	private record State(ImportStatus status, Instant since, @Nullable ImportProblem problem, Version rejected,
			Served served) {
	}

	/** What the properties are. */
	private record Served(Path path, byte @Nullable [] content, List<PropertySource<?>> sources) {
	}

}
