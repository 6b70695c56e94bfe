package io.atomicwrite.cli;

import org.jspecify.annotations.Nullable;

/**
 * Why the command can't do what it was asked for.
 */
final class Failure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** After an interrupt of a single write. */
	static final String AS_IT_WAS = "the target is as it was, staging file and lock file are gone";

	/** Replaced by that of the command, once it is known. */
	private static final String SEE_HELP = "see the help";

	private final String file;

	private final String what;

	private final @Nullable String hint;

	private final int status;

	private Failure(String file, String what, @Nullable String hint, int status, @Nullable Throwable cause) {
		super(what, cause, false, false);
		this.file = file;
		this.what = what;
		this.hint = hint;
		this.status = status;
	}

	static Failure of(String file, String what, @Nullable String hint) {
		return new Failure(file, what, hint, ExitStatus.ERROR, null);
	}

	static Failure of(String file, String what, @Nullable String hint, int status, Throwable cause) {
		return new Failure(file, what, hint, status, cause);
	}

	/** An option or argument that can't be used. */
	static Failure withStatus(int status, String file, String what) {
		return new Failure(file, what, null, status, null);
	}

	static Failure usage(String context, String what) {
		return new Failure(context, what, SEE_HELP, ExitStatus.ERROR, null);
	}

	static Failure interrupted(String file) {
		return interrupted(file, AS_IT_WAS);
	}

	static Failure interrupted(String file, String hint) {
		return new Failure(file, "Interrupted", hint, ExitStatus.INTERRUPTED, null);
	}

	Failure withHint(String other) {
		return new Failure(this.file, this.what, other, this.status, getCause());
	}

	/** Fills in what the failure is about, where it does not say so itself. */
	Failure about(String name) {
		return this.file.isEmpty() ? new Failure(name, this.what, this.hint, this.status, getCause()) : this;
	}

	/** Names the command whose options or arguments can't be used. */
	Failure withHelpOf(String command) {
		return SEE_HELP.equals(this.hint)
				? new Failure(this.file, this.what, "see " + command + " --help", this.status, getCause())
					.about(command)
				: this;
	}

	/** The file, or whatever else the failure is about; may be empty. */
	String file() {
		return this.file;
	}

	String what() {
		return this.what;
	}

	@Nullable String hint() {
		return this.hint;
	}

	int status() {
		return this.status;
	}

}
