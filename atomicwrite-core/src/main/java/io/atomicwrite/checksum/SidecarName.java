package io.atomicwrite.checksum;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.fs.Directory;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar that a file has or may have.
 *
 * @param file the name of the file
 * @param algorithm what makes its checksum
 * @param spelling how its name is spelled
 * @param name its name
 */
record SidecarName(String file, ChecksumAlgorithm algorithm, CompanionNames spelling, String name) {

	static SidecarName of(Directory directory, String file, ChecksumAlgorithm algorithm, CompanionNames spelling)
			throws IOException {
		return new SidecarName(file, algorithm, spelling,
				ArtifactNames.sidecar(spelling, file, algorithm.suffix(), NameLimit.of(directory, file)));
	}

	/**
	 * Returns the sidecars that a file may have, for each algorithm the one of the given
	 * spelling first.
	 */
	static List<SidecarName> all(Directory directory, String file, Collection<ChecksumAlgorithm> algorithms,
			CompanionNames spelling) throws IOException {
		List<SidecarName> all = new ArrayList<>(2 * algorithms.size());
		for (ChecksumAlgorithm algorithm : algorithms) {
			SidecarName own = of(directory, file, algorithm, spelling);
			SidecarName other = of(directory, file, algorithm, spelling.other());
			all.add(own);
			if (!other.name.equals(own.name)) {
				all.add(other);
			}
		}
		return all;
	}

	/** Returns what a text records of the file, or {@code null} if it does not. */
	@Nullable Sidecar parse(@Nullable String text) {
		return (text != null) ? Sidecar.parse(text, this.algorithm, this.file) : null;
	}

	/**
	 * Whether a text is the sidecar of the file whose sidecar has this name in the other
	 * spelling.
	 */
	boolean isOfNamesake(String text) {
		String namesake = this.spelling.namesake(this.file);
		return !namesake.isEmpty() && Sidecar.parse(text, this.algorithm, this.file) == null
				&& Sidecar.parse(text, this.algorithm, namesake) != null;
	}

	/** Deletes it, unless it is that of another file. */
	void delete(Directory directory) throws IOException {
		String text = this.spelling.namesake(this.file).isEmpty() ? null : Sidecars.read(directory, this.name);
		if (text == null || !isOfNamesake(text)) {
			Sidecars.delete(directory, this.name);
		}
	}

}
