package io.atomicwrite.core;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The mode of the new file. Immutable and thread-safe.
 */
public final class ModePolicy {

	private static final ModePolicy PRESERVE = new ModePolicy(-1, "preserve");

	private static final ModePolicy UMASK = new ModePolicy(-1, "umask");

	private final int mode;

	private final String text;

	private ModePolicy(int mode, String text) {
		this.mode = mode;
		this.text = text;
	}

	/**
	 * All bits of the file that is replaced; for a new file, like {@link #umask()}.
	 * @return the policy
	 */
	public static ModePolicy preserve() {
		return PRESERVE;
	}

	/**
	 * What a plain create gives: 0666 less the process's umask.
	 * @return the policy
	 */
	public static ModePolicy umask() {
		return UMASK;
	}

	/**
	 * Exactly these bits, whatever the umask.
	 * @param mode the mode, {@code 07777} at most
	 * @return the policy
	 */
	public static ModePolicy exactly(int mode) {
		if ((mode & ~07777) != 0) {
			throw new IllegalArgumentException("not a file mode: 0" + Integer.toOctalString(mode));
		}
		return new ModePolicy(mode, String.format(Locale.ROOT, "%04o", mode));
	}

	/**
	 * Parses {@code preserve}, {@code umask} or an octal mode such as {@code 0640}.
	 * @param text the text
	 * @return the policy
	 */
	public static ModePolicy parse(String text) {
		String word = text.trim().toLowerCase(Locale.ROOT);
		if (word.equals("preserve")) {
			return PRESERVE;
		}
		if (word.equals("umask")) {
			return UMASK;
		}
		if (!word.matches("0?[0-7]{3,4}")) {
			throw new IllegalArgumentException(
					"'" + text + "' is no file mode: use preserve, umask or an octal mode such as 0640");
		}
		return exactly(Integer.parseInt(word, 8));
	}

	OptionalInt exact() {
		return (this.mode >= 0) ? OptionalInt.of(this.mode) : OptionalInt.empty();
	}

	boolean preserves() {
		return this == PRESERVE;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ModePolicy policy && policy.text.equals(this.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
