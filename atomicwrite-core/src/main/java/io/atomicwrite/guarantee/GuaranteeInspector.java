package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.Mount;

/**
 * Determines the guarantees of a directory from its mount and the filesystem matrix.
 * Nothing is written or tried, so an inspection is cheap enough for every write. Results
 * are cached per mount until the mount changes. Thread-safe.
 */
public final class GuaranteeInspector {

	private static final int MAX_CACHED = 10_000;

	/** The filesystem beneath a mount can change while the mount stays the same. */
	private static final long MAX_AGE_NANOS = 500_000_000L;

	private final FileOps files;

	private final GroundSurvey survey;

	private final Map<Path, Cached> reports = new ConcurrentHashMap<>();

	private final Map<Mount, Surveyed> grounds = new ConcurrentHashMap<>();

	/**
	 * Creates an inspector.
	 * @param files the file operations
	 */
	public GuaranteeInspector(FileOps files) {
		this.files = files;
		this.survey = new GroundSurvey(files);
	}

	/**
	 * Inspects the directory of a path, which need not exist.
	 * @param path a directory, or a file in one
	 * @return the guarantees of the nearest existing directory
	 * @throws IOException if the path or its mount can't be read
	 */
	public GuaranteeReport inspect(Path path) throws IOException {
		return inspectDirectory(directoryOf(path));
	}

	/**
	 * Returns the nearest existing directory of a path: the path itself if it is one.
	 * @param path the path, which need not exist
	 * @return the canonical path of the directory
	 * @throws IOException if the path can't be read
	 */
	public Path directoryOf(Path path) throws IOException {
		for (Path next = path.toAbsolutePath(); next != null; next = next.getParent()) {
			try {
				Path canonical = this.files.canonical(next);
				Path parent = canonical.getParent();
				boolean directory = this.files.kind(canonical) == FileStat.Kind.DIRECTORY;
				return (directory || parent == null) ? canonical : parent;
			}
			catch (NoSuchFileException ex) {
				// try the parent
			}
		}
		throw new NoSuchFileException(path.toString());
	}

	/**
	 * Inspects an existing directory.
	 * @param directory its canonical path
	 * @return its guarantees
	 * @throws IOException if its mount can't be read
	 */
	public GuaranteeReport inspectDirectory(Path directory) throws IOException {
		return inspect(directory, this.files.mount(directory));
	}

	/**
	 * Inspects an open directory.
	 * @param directory the directory
	 * @return its guarantees
	 * @throws IOException if its mount can't be read
	 */
	public GuaranteeReport inspectDirectory(Directory directory) throws IOException {
		return inspect(directory.path(), directory.mount());
	}

	private GuaranteeReport inspect(Path directory, Mount mount) {
		Cached cached = this.reports.get(directory);
		if (cached != null && (cached.mount == mount || cached.mount.equals(mount)) && cached.surveyed.isFresh()) {
			return cached.report;
		}
		Surveyed surveyed = survey(mount);
		GuaranteeReport report = surveyed.ground.reportOn(directory);
		put(this.reports, directory, new Cached(mount, surveyed, report));
		return report;
	}

	private Surveyed survey(Mount mount) {
		Surveyed known = this.grounds.get(mount);
		if (known != null && known.isFresh()) {
			return known;
		}
		Surveyed surveyed = new Surveyed(this.survey.of(mount), System.nanoTime());
		put(this.grounds, mount, surveyed);
		return surveyed;
	}

	private static <K, V> void put(Map<K, V> cache, K key, V value) {
		if (cache.size() >= MAX_CACHED) {
			cache.clear();
		}
		cache.put(key, value);
	}

	private record Surveyed(Ground ground, long at) {

		boolean isFresh() {
			return !this.ground.stacked() || System.nanoTime() - this.at < MAX_AGE_NANOS;
		}

	}

	private record Cached(Mount mount, Surveyed surveyed, GuaranteeReport report) {
	}

}
