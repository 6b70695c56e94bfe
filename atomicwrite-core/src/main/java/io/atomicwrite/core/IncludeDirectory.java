package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;

/**
 * Warns of companions in a directory of which a program reads every file: nginx,
 * logrotate and others read {@code x.conf.lock} and {@code x.conf.backup} beside
 * {@code x.conf}.
 */
final class IncludeDirectory {

	private IncludeDirectory() {
	}

	/**
	 * Returns the warning of a write.
	 * @param target the canonical path of the target
	 * @param options the options of the write
	 * @param lockBeside whether a lock file beside the target is used if a lock is
	 * @return the text, empty if the directory does not look like one or no companion
	 * would be seen there
	 */
	static Optional<String> warning(Path target, WriteOptions options, boolean lockBeside) {
		Path directory = target.getParent();
		String name = target.getFileName().toString();
		// programs that read every file leave out hidden ones
		if (directory == null || name.startsWith(".") || !CompanionNames.areReadIn(directory)) {
			return Optional.empty();
		}
		List<String> seen = new ArrayList<>(4);
		if (lockBeside && !options.lock().isNone()) {
			seen.add(ArtifactNames.lock(name, ArtifactNames.USUAL_LIMIT));
		}
		BackupPolicy backup = options.backup();
		if (backup.enabled() && backup.directoryFor(target).equals(directory)) {
			seen.add(ArtifactNames.backup(name, BackupGeneration.PLAIN, backup.suffix(), ArtifactNames.USUAL_LIMIT));
		}
		if (options.checksum().mode() == ChecksumPolicy.Mode.SIDECAR) {
			seen.add(ArtifactNames.sidecar(name, options.checksum().algorithm().suffix(), ArtifactNames.USUAL_LIMIT));
		}
		if (options.stamp().isPresent()) {
			seen.add(ArtifactNames.manifest(CompanionNames.VISIBLE, name, ArtifactNames.USUAL_LIMIT));
		}
		return seen.isEmpty() ? Optional.empty() : Optional.of("a program may read every file of " + directory
				+ ", so also " + String.join(", ", seen)
				+ ": hide all companions (atomicwrite.companions=hidden), or keep lock file and backups in another directory");
	}

}
