package io.atomicwrite.document;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.Signature;

/**
 * What a document serves, and what its file was found to be. Immutable.
 *
 * @param <T> the type of the value
 * @param snapshot what is served
 * @param state how the document stands to its file
 * @param content the content that the value is that of, empty for defaults
 * @param signature of the file with that content, empty if it is not known or the file
 * holds something else
 * @param seen what the file was found to hold, valid or not: the version of a content, or
 * a word for what is none
 */
record Held<T>(Snapshot<T> snapshot, DocumentState state, Optional<byte[]> content, Optional<Signature> signature,
		String seen) {

	static final String MISSING = "missing";

	static String seen(Look look) {
		if (look instanceof Look.Content content) {
			return Version.of(content.bytes()).toString();
		}
		if (look instanceof Look.TooLarge large) {
			return "too large: " + large.size();
		}
		return (look instanceof Look.Missing) ? MISSING : "unreadable";
	}

	DocumentStatus status() {
		return this.state.status();
	}

	/** Returns what a look has found, without a digest of the content that is served. */
	String found(Look look) {
		boolean served = look instanceof Look.Content there && isOfFile()
				&& this.content.filter((bytes) -> Arrays.equals(bytes, there.bytes())).isPresent();
		return served ? this.seen : seen(look);
	}

	/** Whether the file holds what is served. */
	boolean isOfFile() {
		return this.seen.equals(this.snapshot.version().toString());
	}

	Held<T> with(DocumentState newState) {
		return new Held<>(this.snapshot, newState, this.content, this.signature, this.seen);
	}

	Held<T> with(Snapshot<T> newSnapshot) {
		return new Held<>(newSnapshot, this.state, this.content, this.signature, this.seen);
	}

	Held<T> with(Signature found) {
		return new Held<>(this.snapshot, this.state, this.content, Optional.of(found), this.seen);
	}

	/** Returns the same value, where the file holds something else. */
	Held<T> beside(DocumentState newState, String found) {
		return new Held<>(this.snapshot, newState, this.content, Optional.empty(), found);
	}

	/** Returns what changes build on. */
	Draft<T> draft() {
		boolean valid = isOfFile() && this.state.problem().isEmpty();
		return new Draft<>(this.snapshot.value(), valid ? this.content.orElse(null) : null, this.snapshot.version(),
				this.state.problem(), List.of());
	}

}
