package io.atomicwrite.watch;

import java.io.IOException;

import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * What a look shows of a file without reading it. Equal states are those of an unchanged
 * file.
 *
 * @param signature the signature of a regular file, or {@code null} if there is none
 * @param error why the file can't be looked at; empty if it can
 * @param cause the error itself, or {@code null} if there is none
 */
record FileState(@Nullable Signature signature, String error, @Nullable IOException cause) {

	private static final FileState MISSING = new FileState(null, "", null);

	static FileState of(Chain chain) {
		FileStat stat = chain.stat();
		if (stat == null) {
			return MISSING;
		}
		if (!stat.isRegular()) {
			return of(new IOException(chain.end() + " is " + stat.kind().text() + ", not a regular file"));
		}
		return new FileState(Signature.of(chain.end(), stat), "", null);
	}

	static FileState of(IOException cause) {
		return new FileState(null, cause.getClass().getName() + ": " + IoErrors.text(cause), cause);
	}

	/** The size in bytes, or -1 if there is no file. */
	long size() {
		return (this.signature != null) ? this.signature.size() : -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FileState state && this.error.equals(state.error)
				&& java.util.Objects.equals(this.signature, state.signature);
	}

	@Override
	public int hashCode() {
		return this.error.hashCode();
	}

}
