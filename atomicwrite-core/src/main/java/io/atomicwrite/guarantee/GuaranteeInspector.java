package io.atomicwrite.guarantee;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.Mount;

/**
 * Finds out what a directory can promise: the mount behind it, held against the matrix.
 * Tries nothing, so that it can be asked before every write; a report is kept for each
 * directory as long as its mount stays the same.
 */
public final class GuaranteeInspector {

	private static final int MAX_CACHED = 1000;

	private final FileOps files;

	private final Map<Path, Cached> cache = new ConcurrentHashMap<>();

	/**
	 * Creates an inspector.
	 * @param files the file operations
	 */
	public GuaranteeInspector(FileOps files) {
		this.files = files;
	}

	/**
	 * Inspects the directory of a path, which need not exist.
	 * @param path a directory, or a file in one
	 * @return what the nearest existing directory can promise
	 * @throws IOException if that can't be told
	 */
	public GuaranteeReport inspect(Path path) throws IOException {
		for (Path next = path.toAbsolutePath(); next != null; next = next.getParent()) {
			try {
				Path canonical = this.files.canonical(next);
				FileStat stat = this.files.stat(canonical);
				Path parent = canonical.getParent();
				boolean directory = stat != null && stat.kind() == FileStat.Kind.DIRECTORY;
				return inspectDirectory((directory || parent == null) ? canonical : parent);
			}
			catch (NoSuchFileException ex) {
				// the next one up may exist
			}
		}
		throw new NoSuchFileException(path.toString());
	}

	/**
	 * Inspects an existing directory.
	 * @param directory its canonical path
	 * @return what it can promise
	 * @throws IOException if that can't be told
	 */
	public GuaranteeReport inspectDirectory(Path directory) throws IOException {
		Mount mount = this.files.mount(directory);
		Cached cached = this.cache.get(directory);
		if (cached != null && (cached.mount == mount || cached.mount.equals(mount))) {
			return cached.report;
		}
		GuaranteeReport report = assess(directory, mount);
		if (this.cache.size() >= MAX_CACHED) {
			this.cache.clear();
		}
		this.cache.put(directory, new Cached(mount, report));
		return report;
	}

	private GuaranteeReport assess(Path directory, Mount mount) {
		FilesystemProfile profile = FilesystemMatrix.of(mount.type());
		Map<Guarantee, Assessment> guarantees = profile.guarantees();
		MountOptions.apply(mount, guarantees);
		guarantees.put(Guarantee.INTEGRITY_DETECTION,
				new Assessment(GuaranteeLevel.UNSUPPORTED, "this version writes no checksums"));
		FilesystemClass kind = profile.kind();
		if (MountOptions.readOnly(mount)) {
			kind = FilesystemClass.READ_ONLY;
			guarantees
				.replaceAll((guarantee, assessment) -> new Assessment(GuaranteeLevel.UNSUPPORTED, "mounted read-only"));
		}
		Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
		capabilities.addAll(this.files.capabilities());
		capabilities.removeAll(profile.lacks());
		return new GuaranteeReport(directory, new Filesystem(mount.type(), kind, mount.point(), mount.options()),
				guarantees, capabilities);
	}

	private record Cached(Mount mount, GuaranteeReport report) {
	}

}
