package io.atomicwrite.document;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.document.Snapshot.Source;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.watch.Look;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value that a document starts with.
 *
 * @param <T> the type of the value
 */
final class Opening<T> {

	private final DocumentFile file;

	private final DocumentCodec<T> codec;

	private final DocumentOptions<T> options;

	private final SettledReads reads;

	private final GoodKeeper good;

	private final InstantSource clock;

	Opening(DocumentFile file, DocumentCodec<T> codec, DocumentOptions<T> options, SettledReads reads, GoodKeeper good,
			InstantSource clock) {
		this.file = file;
		this.codec = codec;
		this.options = options;
		this.reads = reads;
		this.good = good;
		this.clock = clock;
	}

	Held<T> open() {
		Look look = this.reads.read(null);
		Held<T> first = serve(look);
		if (first == null) {
			// a writer may have been at work: what is bad is looked at again under the
			// lease
			look = this.options.readOnly() ? this.reads.read(null) : readLeased();
			first = serve(look);
		}
		return (first != null) ? first : serveLastGood(look);
	}

	private Look readLeased() {
		try (DocumentFile.Write write = this.file.begin(this.file.lock())) {
			return this.reads.read(null);
		}
		catch (AtomicWriteException ex) {
			// where nothing can be written, nothing is being written
			return this.reads.read(null);
		}
	}

	/** Serves what was found, unless it is bad. */
	private @Nullable Held<T> serve(Look look) {
		if (look instanceof Look.Missing) {
			return (this.codec.missing() instanceof Reading.Valid<T> defaults)
					? new Held<>(new Snapshot<>(defaults.value(), Version.none(), 1, Source.DEFAULTS, Optional.empty()),
							state(DocumentStatus.DEFAULTED, Optional.empty()), Optional.empty(), Optional.empty(),
							Held.MISSING)
					: null;
		}
		if (!(look instanceof Look.Content content)) {
			return null;
		}
		Reading<T> reading = this.codec.read(content.bytes());
		Version version = Version.of(content.bytes());
		if (reading instanceof Reading.Valid<T> valid) {
			this.good.note(new GoodCopy(content.bytes(), version, valid.schema()));
			DocumentStatus status = this.options.readOnly() ? DocumentStatus.READ_ONLY : DocumentStatus.VALID;
			return held(content, version, valid.value(), state(status, Optional.empty()));
		}
		return (reading instanceof Reading.TooNew<T> newer)
				? held(content, version, newer.value(), state(DocumentStatus.TOO_NEW, Optional.of(newer.problem())))
				: null;
	}

	private Held<T> held(Look.Content content, Version version, T value, DocumentState state) {
		return new Held<>(new Snapshot<>(value, version, 1, Source.INITIAL, this.codec.stamp(content.bytes())), state,
				Optional.of(content.bytes()), Optional.of(content.signature()), version.toString());
	}

	private Held<T> serveLastGood(Look look) {
		boolean missing = look instanceof Look.Missing;
		if (missing || this.options.whenInvalid() == WhenInvalid.LAST_GOOD) {
			Optional<GoodCopy> copy = this.good.read();
			if (copy.isPresent() && this.codec.read(copy.get().content()) instanceof Reading.Valid<T> valid) {
				DocumentState state = missing ? state(DocumentStatus.MISSING, Optional.empty())
						: state(DocumentStatus.INVALID, Optional.of(problem(look)));
				return new Held<>(
						new Snapshot<>(valid.value(), copy.get().version(), 1, Source.LAST_GOOD,
								this.codec.stamp(copy.get().content())),
						state, Optional.of(copy.get().content()), Optional.empty(), Held.seen(look));
			}
		}
		if (missing) {
			throw new TargetMissingException(this.file.path(),
					Problem.of("does not exist, and its document has no valid defaults", Remedy.CORRECT_PATH), null);
		}
		throw InvalidDocumentException.ofFile(problem(look));
	}

	private DocumentProblem problem(Look look) {
		if (look instanceof Look.Content content
				&& this.codec.read(content.bytes()) instanceof Reading.Invalid<T> invalid) {
			return invalid.problem();
		}
		return problem(this.file.path(), look, this.options.maxSize());
	}

	private DocumentState state(DocumentStatus status, Optional<DocumentProblem> problem) {
		return new DocumentState(status, this.clock.instant(), problem);
	}

	/** What is wrong with what is no content. */
	static DocumentProblem problem(Path file, Look look, int maxSize) {
		if (look instanceof Look.TooLarge large) {
			return DocumentProblem.of(file, Kind.TOO_LARGE, 0, 0,
					"has " + large.size() + " bytes, and the limit of the document is " + maxSize);
		}
		if (look instanceof Look.Unreadable unreadable) {
			return DocumentProblem.of(file, Kind.UNREADABLE, 0, 0,
					"can't be read: " + IoErrors.text(unreadable.cause()));
		}
		return DocumentProblem.of(file, Kind.MISSING, 0, 0, "does not exist");
	}

}
