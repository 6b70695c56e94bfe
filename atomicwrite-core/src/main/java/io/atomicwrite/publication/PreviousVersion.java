package io.atomicwrite.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;

/**
 * The version that {@code latest} names, whose files the next one may reuse. It is looked
 * at when a file is asked for, and kept from being swept from then on. For one thread.
 */
final class PreviousVersion implements AutoCloseable {

	private final FileOps files;

	private final Directory root;

	private final Map<String, VersionManifest.Entry> entries = new HashMap<>();

	private Optional<String> version = Optional.empty();

	private Optional<ReaderLeases.Lease> lease = Optional.empty();

	private boolean looked;

	PreviousVersion(FileOps files, Directory root) {
		this.files = files;
		this.root = root;
	}

	Optional<VersionManifest.Entry> entry(String path) throws IOException {
		if (!this.looked) {
			this.looked = true;
			look();
		}
		return Optional.ofNullable(this.entries.get(path));
	}

	private void look() throws IOException {
		this.version = Versions.latest(this.root);
		if (this.version.isPresent()) {
			this.lease = ReaderLeases.read(this.root, this.version.get());
		}
		if (this.lease.isPresent() && Versions.isFinished(this.root, this.version.get())) {
			try (InputStream in = this.files.openRead(directory().resolve(VersionNames.MANIFEST))) {
				VersionManifest.parse(in.readAllBytes())
					.ifPresent((manifest) -> manifest.files().forEach((file) -> this.entries.put(file.path(), file)));
			}
		}
	}

	Path directory() {
		return this.root.path(this.version.orElseThrow());
	}

	@Override
	public void close() {
		this.lease.ifPresent(ReaderLeases.Lease::close);
	}

}
