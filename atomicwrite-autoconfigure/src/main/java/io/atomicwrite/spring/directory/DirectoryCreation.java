package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks for managed directories and creates them. Asks for the attributes once: what
 * {@code Files.exists} and the like report as missing may be there and can't be looked
 * at.
 */
final class DirectoryCreation {

	private static final Log logger = LogFactory.getLog(DirectoryCreation.class);

	private DirectoryCreation() {
	}

	/**
	 * Requires that a path leads to a directory.
	 * @param path the path; links are followed
	 * @throws IOException if it does not, with the error of the system
	 */
	static void require(Path path) throws IOException {
		if (!isThere(path)) {
			throw new NoSuchFileException(path.toString(), null, "the directory does not exist");
		}
	}

	/**
	 * Creates a directory if it is missing.
	 * @param directory the directory
	 * @throws IOException if something else is there, or it can't be created or looked at
	 */
	static void createIfMissing(ManagedDirectory directory) throws IOException {
		Path path = directory.path();
		if (isThere(path)) {
			return;
		}
		refuseDanglingLink(path);
		Path existing = path;
		while (existing.getParent() != null && !isThere(existing)) {
			existing = existing.getParent();
		}
		Files.createDirectories(path);
		logger.info("Created the managed directory '" + directory.name() + "' (" + path + ") below " + existing);
	}

	private static boolean isThere(Path path) throws IOException {
		try {
			if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
				throw new NotDirectoryException(path.toString());
			}
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	private static void refuseDanglingLink(Path path) throws IOException {
		try {
			if (Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isSymbolicLink()) {
				throw new FileSystemException(path.toString(), null, "it is a symbolic link to "
						+ Files.readSymbolicLink(path) + ", and no such file or directory exists");
			}
		}
		catch (NoSuchFileException ex) {
			// nothing is there, as it should be
		}
	}

}
