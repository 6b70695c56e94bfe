package io.atomicwrite.fs;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Whether the operations of this machine are calls of the kernel on open directories, by
 * {@code java.lang.foreign}, or those of {@code java.nio}. That is decided once for a
 * JVM, before its first operation.
 *
 * <p>
 * Native calls are used on Linux on x86-64 and AArch64, from Java 22 on, if the start of
 * the JVM or the manifest of the application enables native access for this library. They
 * are not tried otherwise, so that Java has nothing to warn of. The system property
 * {@value #PROPERTY} is {@code on}, the default, or {@code off}; anything else counts as
 * off.
 *
 * @param used whether native calls are used
 * @param reason why not, as words that can follow a colon; empty if they are used
 * @see <a href="https://openjdk.org/jeps/454">JEP 454</a>
 */
public record NativeCalls(boolean used, String reason) {

	/** The name of the system property. */
	public static final String PROPERTY = "atomicwrite.native-calls";

	/** The implementation, which only this build for Java 22 has. */
	private static final String IMPLEMENTATION = "io.atomicwrite.fs.NativeFileOps";

	private static final int FIRST_JAVA = 22;

	/** Those whose call numbers and structures are known. */
	private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

	/** In which names of files and their bytes say the same. */
	private static final Set<String> ENCODINGS = Set.of("UTF-8", "ANSI_X3.4-1968", "US-ASCII");

	/**
	 * Returns what the operations of {@link FileOps#system()} are.
	 * @return whether they are native calls
	 */
	public static NativeCalls status() {
		return Chosen.STATUS;
	}

	/** The operations that were chosen. */
	static FileOps operations() {
		return Chosen.OPERATIONS;
	}

	@Override
	public String toString() {
		return this.used ? "used" : "not used: " + this.reason;
	}

	/** Returns why native calls can't be, or empty words. */
	private static String obstacle() {
		String setting = System.getProperty(PROPERTY, "on");
		if (!setting.equals("on")) {
			return "-D" + PROPERTY + "=" + setting + (setting.equals("off") ? "" : " is neither on nor off");
		}
		if (Runtime.version().feature() < FIRST_JAVA) {
			return "they need Java " + FIRST_JAVA + " or later";
		}
		if (!System.getProperty("os.name").equals("Linux") || !PROCESSORS.contains(System.getProperty("os.arch"))) {
			return "they need Linux on x86-64 or AArch64";
		}
		if (!ENCODINGS.contains(System.getProperty("sun.jnu.encoding", ""))) {
			return "file names are not in UTF-8 here";
		}
		return isEnabled() ? "" : "native access is not enabled, see --enable-native-access=ALL-UNNAMED";
	}

	/** Asks before the first use, after which Java would warn and answer true. */
	private static boolean isEnabled() {
		try {
			return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(NativeCalls.class.getModule());
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	/** Made when the first operation is asked for. */
	private static final class Chosen {

		static final NativeCalls STATUS;

		static final FileOps OPERATIONS;

		static {
			String obstacle = obstacle();
			FileOps made = null;
			if (obstacle.isEmpty()) {
				try {
					made = create();
				}
				catch (ClassNotFoundException ex) {
					obstacle = "this build has none, as it was made by Java 21 or earlier";
				}
				catch (InvocationTargetException ex) {
					obstacle = "the kernel refuses them: " + ex.getCause();
				}
				catch (ReflectiveOperationException | LinkageError ex) {
					obstacle = ex.toString();
				}
			}
			STATUS = new NativeCalls(made != null, obstacle);
			OPERATIONS = (made != null) ? made : NioFileOps.INSTANCE;
		}

		private static @Nullable FileOps create() throws ReflectiveOperationException {
			return (FileOps) Class.forName(IMPLEMENTATION).getDeclaredConstructor().newInstance();
		}

	}

}
