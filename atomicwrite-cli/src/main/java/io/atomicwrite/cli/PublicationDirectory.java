package io.atomicwrite.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;

/**
 * The publication of a directory, for one run of the command. A signal before the pointer
 * is moved leaves nothing of a version; where even its removal takes too long, the
 * version has no manifest and no lease, and the next sweep removes it.
 */
final class PublicationDirectory implements AutoCloseable {

	/** A version may have many files to delete. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final LockRegistry locks;

	private final AtomicFileTemplate template;

	private final Publication publication;

	PublicationDirectory(Session session, String directory, WriteOptions options) {
		Path path = FileName.directory(directory).toAbsolutePath().normalize();
		Path above = path.getParent();
		if (above == null) {
			throw Failure.of(directory, "the root directory is no publication", "name a directory in it");
		}
		StoppableFiles files = new StoppableFiles(FileOps.system(), (name) -> name.endsWith(Publication.LATEST));
		this.locks = new LockReport(session, files, new LockOptions(), CompanionNames.VISIBLE).registry();
		this.template = AtomicFileTemplate.builder()
			.files(files)
			.locks(this.locks)
			.defaults(options)
			.listener(new WarningReport(session.reporter()))
			.build();
		session.afterInterrupt("latest is as it was, and nothing is left of a new version");
		session.interruption().patience(PATIENCE);
		session.interruption().engage(files, this.locks);
		this.publication = this.template.publication(above, path.getFileName().toString());
	}

	/**
	 * Does something with the publication.
	 * @param use what to do; what it can't use of the arguments is wrong use
	 */
	<T> T use(Use<T> use) {
		try {
			return use.of(this.publication);
		}
		catch (IllegalArgumentException ex) {
			throw Failure.usage("", String.valueOf(ex.getMessage()));
		}
	}

	/** Prints the version that latest names from now on. */
	static void print(Session session, PublishedVersion version) {
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("version", version.name());
			object.put("path", version.path());
			session.out().print(Json.of(object) + "\n");
		}
		else if (session.reporter().reports(Reporter.Level.NOTICE)) {
			session.out().print(version.name() + "\n");
		}
	}

	@Override
	public void close() {
		this.template.close();
		this.locks.close();
	}

	/** What is done with a publication. */
	interface Use<T> {

		T of(Publication publication);

	}

}
