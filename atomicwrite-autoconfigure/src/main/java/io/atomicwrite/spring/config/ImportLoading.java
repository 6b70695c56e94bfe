package io.atomicwrite.spring.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.spring.config.ConfigImportProperties.WhenCorrupt;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertySource;

/**
 * Loads an imported file when the application starts: the file itself or, if it is
 * corrupt or malformed and the properties allow it, its last good version. Nothing is
 * written.
 */
final class ImportLoading {

	private final ImportReader reader;

	ImportLoading(ImportReader reader) {
		this.reader = reader;
	}

	/**
	 * Loads a file.
	 * @param resource the file
	 * @return what was loaded
	 * @throws NoSuchFileException if it is missing
	 * @throws ConfigImportException if nothing can be loaded
	 */
	Loaded load(AtomicFileConfigDataResource resource) throws NoSuchFileException {
		try {
			byte[] content = this.reader.read(resource.file(), resource.settings());
			return new Loaded(ConfigFileFormat.parse(resource, content), content, resource.file(), null, null);
		}
		catch (NoSuchFileException ex) {
			throw ex;
		}
		catch (MalformedContentException ex) {
			return lastGood(resource, ImportProblem.malformed(ex), new ImportFailure(resource, this.reader, ex));
		}
		catch (IOException ex) {
			throw new ImportFailure(resource, this.reader, ex).unreadable();
		}
		catch (AtomicWriteException ex) {
			return lastGood(resource, ImportProblem.corrupt(ex), new ImportFailure(resource, this.reader, ex));
		}
	}

	private Loaded lastGood(AtomicFileConfigDataResource resource, ImportProblem problem, ImportFailure failure) {
		List<String> refused = new ArrayList<>();
		for (ImportReader.Candidate candidate : this.reader.candidates(resource)) {
			try {
				byte[] content = candidate.content().read();
				List<PropertySource<?>> sources = ConfigFileFormat.parse(resource, content);
				if (resource.settings().properties().whenCorrupt() == WhenCorrupt.FAIL) {
					throw failure.withLastGood(candidate);
				}
				return new Loaded(sources, content, candidate.path(), problem, candidate.made());
			}
			catch (AtomicWriteException ex) {
				refused.add(candidate.path() + " " + ImportProblem.corrupt(ex).message());
			}
			catch (MalformedContentException ex) {
				refused.add(candidate.path() + " " + ImportProblem.malformed(ex).message());
			}
			catch (ImportReader.UnusableFileException ex) {
				refused.add(candidate.path() + " " + ex.reason());
			}
			catch (IOException ex) {
				refused.add(candidate.path() + " can't be read: " + IoErrors.text(ex));
			}
		}
		throw failure.withoutLastGood(refused);
	}

	/**
	 * What was loaded.
	 *
	 * @param sources the property sources, that of the lowest precedence first
	 * @param content the content; {@code null} if the file is missing
	 * @param source the file, or its last good version
	 * @param problem why it is not the file; {@code null} if it is
	 * @param made when the last good version was written
	 */
	record Loaded(List<PropertySource<?>> sources, byte @Nullable [] content, Path source,
			@Nullable ImportProblem problem, @Nullable Instant made) {

		static Loaded missing(AtomicFileConfigDataResource resource) {
			return new Loaded(List.of(), null, resource.file(), null, null);
		}

	}

}
