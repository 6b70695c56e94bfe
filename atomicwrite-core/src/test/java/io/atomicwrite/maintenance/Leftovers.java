package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.atomicwrite.artifact.ArtifactNames;

/**
 * Creates what writes leave behind, with a given age.
 */
final class Leftovers {

	static final Duration OLD = Duration.ofDays(2);

	private final Path directory;

	Leftovers(Path directory) {
		this.directory = directory;
	}

	Path staging(String target) throws IOException {
		return file(ArtifactNames.staging(target, target.hashCode(), ArtifactNames.USUAL_LIMIT), "new", OLD);
	}

	Path lock(String target) throws IOException {
		return file(target + ".lock", "\0\0", OLD);
	}

	Path probe() throws IOException {
		return file(ArtifactNames.probe(7) + ".sync", "probe", OLD);
	}

	Path file(String name, String content, Duration age) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), content);
		return aged(file, age);
	}

	static Path aged(Path file, Duration age) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
	}

}
