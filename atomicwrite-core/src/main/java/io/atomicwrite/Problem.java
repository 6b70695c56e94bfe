package io.atomicwrite;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong and what to do about it, as data that each surface words. Immutable and
 * safe for use by several threads.
 */
public final class Problem implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String summary;

	private final Remedy remedy;

	private final @Nullable IoErrorKind error;

	private final @Nullable String obstacle;

	private Problem(String summary, Remedy remedy, @Nullable IoErrorKind error, @Nullable String obstacle) {
		this.summary = summary;
		this.remedy = remedy;
		this.error = error;
		this.obstacle = obstacle;
	}

	/**
	 * Returns a problem that is no I/O error.
	 * @param summary what happened, as a clause that follows the name of the file
	 * @param remedy what to do about it
	 * @return the problem
	 */
	public static Problem of(String summary, Remedy remedy) {
		return new Problem(summary, remedy, null, null);
	}

	/**
	 * Returns this problem with the error that it comes from.
	 * @param newError what kind of error a system call reported
	 * @return a problem that differs in this alone
	 */
	public Problem causedBy(IoErrorKind newError) {
		return new Problem(this.summary, this.remedy, newError, this.obstacle);
	}

	/**
	 * Returns this problem with the path of what stands in the way.
	 * @param path the path, other than the target
	 * @return a problem that differs in this alone
	 */
	public Problem at(Path path) {
		return new Problem(this.summary, this.remedy, this.error, path.toString());
	}

	/**
	 * Returns what happened.
	 * @return a clause that follows the name of the file, without state and remedy
	 */
	public String summary() {
		return this.summary;
	}

	/**
	 * Returns what to do about it.
	 * @return the remedy, {@link Remedy#NONE} if nothing needs to be done
	 */
	public Remedy remedy() {
		return this.remedy;
	}

	/**
	 * Returns the error that a system call reported, if one did.
	 * @return the kind of the error
	 */
	public Optional<IoErrorKind> error() {
		return Optional.ofNullable(this.error);
	}

	/**
	 * Returns the path of what stands in the way where that is not the target: a lock
	 * file, a staging file, a sidecar, a directory.
	 * @return the path
	 */
	public Optional<Path> obstacle() {
		return Optional.ofNullable(this.obstacle).map(Path::of);
	}

	@Override
	public String toString() {
		return this.summary + ((this.remedy != Remedy.NONE) ? "; " + this.remedy.text() : "");
	}

}
