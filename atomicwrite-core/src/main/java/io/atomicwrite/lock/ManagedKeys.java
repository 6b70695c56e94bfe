package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.atomicwrite.fs.FileOps;

/**
 * Keys of the name of a managed directory and the path within it, which all hosts share
 * wherever they mount the directory. Of nested directories the inner one counts.
 */
final class ManagedKeys implements LockKeys {

	private final FileOps files;

	private final Map<String, Path> directories;

	ManagedKeys(FileOps files, Map<String, Path> directories) {
		this.files = files;
		this.directories = new LinkedHashMap<>(directories);
	}

	@Override
	public Optional<String> key(Path target) {
		String name = "";
		Path innermost = Path.of("");
		for (Map.Entry<String, Path> directory : this.directories.entrySet()) {
			// resolved each time: a link may lead to another directory by now
			Optional<Path> root = canonical(directory.getValue());
			if (root.isPresent() && target.startsWith(root.get()) && !target.equals(root.get())
					&& (name.isEmpty() || root.get().startsWith(innermost))) {
				name = directory.getKey();
				innermost = root.get();
			}
		}
		return name.isEmpty() ? Optional.empty() : Optional.of(name + "/" + text(innermost.relativize(target)));
	}

	private Optional<Path> canonical(Path directory) {
		try {
			return Optional.of(this.files.canonical(directory));
		}
		catch (IOException ex) {
			// nothing lies in a directory that does not exist
			return Optional.empty();
		}
	}

	private static String text(Path relative) {
		return StreamSupport.stream(relative.spliterator(), false).map(Path::toString).collect(Collectors.joining("/"));
	}

}
