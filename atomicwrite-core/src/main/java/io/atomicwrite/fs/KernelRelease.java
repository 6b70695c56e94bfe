package io.atomicwrite.fs;

/**
 * The release of a Linux kernel, such as {@code 6.12.3-amd64}. What can't be read as one
 * is older than any.
 *
 * @param major the first number
 * @param minor the second number
 */
record KernelRelease(int major, int minor) {

	/** Returns that of the running kernel. */
	static KernelRelease running() {
		return of(System.getProperty("os.version", ""));
	}

	static KernelRelease of(String release) {
		int dot = release.indexOf('.');
		return new KernelRelease(leadingNumber(release), (dot < 0) ? 0 : leadingNumber(release.substring(dot + 1)));
	}

	/** Without a regular expression, which the first write of a JVM would load. */
	private static int leadingNumber(String text) {
		int end = 0;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return (end > 0) ? Integer.parseInt(text, 0, end, 10) : 0;
	}

	boolean isAtLeast(int otherMajor, int otherMinor) {
		return this.major > otherMajor || this.major == otherMajor && this.minor >= otherMinor;
	}

}
