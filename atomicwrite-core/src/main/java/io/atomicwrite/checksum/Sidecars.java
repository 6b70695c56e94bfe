package io.atomicwrite.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the sidecars of files, and settles those of interrupted writes.
 * Thread-safe.
 */
public final class Sidecars {

	/** What the owner of a new file needs to write to it. */
	private static final int PERMISSIONS = 0777;

	private final Tools tools;

	/**
	 * Creates an instance.
	 * @param tools the file operations, and what names staging files
	 */
	public Sidecars(Tools tools) {
		this.tools = tools;
	}

	/**
	 * Compares a sidecar with its file.
	 * @param directory the directory of both
	 * @param sidecar the name of the sidecar
	 * @param file the name of the file
	 * @return the result
	 * @throws IOException if one of them can't be read
	 */
	public Comparison compare(Directory directory, String sidecar, String file) throws IOException {
		String text = read(directory, sidecar);
		Sidecar parsed = (text != null) ? parse(text, sidecar, file) : null;
		if (text == null || parsed == null || !Sidecar.isOfOneFile(text)) {
			return Comparison.FOREIGN;
		}
		if (directory.kind(file) == null) {
			return Comparison.FILE_MISSING;
		}
		Checksum found = checksum(directory, file, parsed.current().algorithm());
		if (found.equals(parsed.current())) {
			return Comparison.MATCHES;
		}
		return found.equals(parsed.previous()) ? Comparison.MATCHES_PREVIOUS : Comparison.CONTRADICTS;
	}

	/**
	 * Makes a sidecar whose write was interrupted record the existing content alone. The
	 * directory is to be synced by the caller.
	 * @param directory the directory of both
	 * @param sidecar the name of the sidecar
	 * @param file the name of the file, whose content is the previous one
	 * @throws IOException if the sidecar can't be replaced
	 */
	public void settle(Directory directory, String sidecar, String file) throws IOException {
		String text = read(directory, sidecar);
		Sidecar parsed = (text != null) ? parse(text, sidecar, file) : null;
		if (parsed == null || parsed.previous() == null) {
			throw new NoSuchFileException(directory.path(sidecar).toString());
		}
		replace(directory, sidecar,
				new Sidecar(file, parsed.previous(), null).format().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Gives a sidecar other content and leaves its rights as they are. The directory is
	 * to be synced by the caller.
	 * @param directory its directory
	 * @param sidecar its name
	 * @param content the content
	 * @throws IOException if it can't be replaced, or does not exist
	 */
	public void replace(Directory directory, String sidecar, byte[] content) throws IOException {
		FileStat stat = directory.stat(sidecar);
		if (stat == null) {
			throw new NoSuchFileException(directory.path(sidecar).toString());
		}
		ReplacedRights rights = new ReplacedRights(sidecar, stat);
		StagingFile.create(this.tools, directory, sidecar, rights.createMode())
			.become(sidecar, content, rights, PERMISSIONS);
	}

	/**
	 * Returns whether a sidecar records exactly the content of another file.
	 * @param directory the directory of all
	 * @param sidecar the name of the sidecar
	 * @param file the name of the file that the sidecar belongs to
	 * @param other the name of the other file
	 * @return whether the content has the recorded checksum
	 * @throws IOException if one of them can't be read
	 */
	public boolean records(Directory directory, String sidecar, String file, String other) throws IOException {
		String text = read(directory, sidecar);
		Sidecar parsed = (text != null) ? parse(text, sidecar, file) : null;
		return parsed != null && parsed.current().equals(checksum(directory, other, parsed.current().algorithm()));
	}

	/**
	 * Returns the sidecar of a missing file that records exactly the content of a staging
	 * file.
	 * @param directory the directory of all
	 * @param file the name of the file
	 * @param staging the name of the staging file
	 * @param considered which sidecars are considered
	 * @return the name of the sidecar, or empty if none records it
	 * @throws IOException if one of them can't be read
	 */
	public Optional<String> announcing(Directory directory, String file, String staging, Predicate<String> considered)
			throws IOException {
		for (SidecarName sidecar : SidecarName.all(directory, file, ChecksumAlgorithm.usual(),
				this.tools.companions())) {
			if (considered.test(sidecar.name()) && records(directory, sidecar.name(), file, staging)) {
				return Optional.of(sidecar.name());
			}
		}
		return Optional.empty();
	}

	/**
	 * Returns whether a file has a checksum in an attribute that its content matches.
	 * @param directory its directory
	 * @param file its name
	 * @return whether it is attested
	 * @throws IOException if it can't be read
	 */
	public boolean isAttestedByItself(Directory directory, String file) throws IOException {
		Checksum recorded = Sidecar.parseAttributes(directory.userAttributes(file));
		return recorded != null && recorded.equals(checksum(directory, file, recorded.algorithm()));
	}

	/**
	 * Returns whether a sidecar is that of a file alone.
	 * @param directory the directory of both
	 * @param sidecar the name of the sidecar
	 * @param file the name of the file
	 * @return whether it records the file and no other
	 * @throws IOException if it can't be read
	 */
	public static boolean isOf(Directory directory, String sidecar, String file) throws IOException {
		String text = read(directory, sidecar);
		return text != null && Sidecar.isOfOneFile(text) && parse(text, sidecar, file) != null;
	}

	private static @Nullable Sidecar parse(String text, String sidecar, String file) {
		return Sidecar.parse(text, ChecksumAlgorithm.of(sidecar.substring(sidecar.lastIndexOf('.') + 1)), file);
	}

	private static Checksum checksum(Directory directory, String file, ChecksumAlgorithm algorithm) throws IOException {
		try (InputStream in = directory.openRead(file)) {
			return Checksum.of(algorithm, in);
		}
	}

	/** Deletes all sidecars of a file. */
	static void delete(Directory directory, String file, ChecksumAlgorithm configured, CompanionNames spelling)
			throws IOException {
		for (SidecarName sidecar : SidecarName.all(directory, file, candidates(configured), spelling)) {
			sidecar.delete(directory);
		}
	}

	/**
	 * Returns the algorithms whose sidecars are searched for: the usual ones and a
	 * configured one.
	 */
	static Set<ChecksumAlgorithm> candidates(ChecksumAlgorithm configured) {
		Set<ChecksumAlgorithm> candidates = new LinkedHashSet<>();
		candidates.add(configured);
		candidates.addAll(ChecksumAlgorithm.usual());
		return candidates;
	}

	/** Returns the text of a sidecar, or {@code null} if there is none. */
	static @Nullable String read(Directory directory, String sidecar) throws IOException {
		if (!directory.exists(sidecar)) {
			return null;
		}
		try (InputStream in = directory.openRead(sidecar)) {
			return new String(in.readNBytes(Sidecar.LIMIT), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	static void delete(Directory directory, String sidecar) throws IOException {
		try {
			directory.delete(sidecar);
		}
		catch (NoSuchFileException ex) {
			// gone is gone
		}
	}

	/**
	 * How a sidecar compares with its file.
	 */
	public enum Comparison {

		/** It records another file, or several, so that it is not ours. */
		FOREIGN,

		/** Its file does not exist. */
		FILE_MISSING,

		/** Its file has the recorded content. */
		MATCHES,

		/**
		 * Its file has the previous content: a write was interrupted before its commit.
		 */
		MATCHES_PREVIOUS,

		/** Its file has other content: it was changed or damaged. */
		CONTRADICTS

	}

}
