package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Phase 4: looks at the target again now that no cooperating writer changes it, and
 * refuses what the options do not allow.
 */
final class TargetCheck {

	private TargetCheck() {
	}

	static Place check(Target target, Directory directory, WriteOptions options, boolean local) throws IOException {
		Optional<Place> looked = target.looked().filter((place) -> local || place.existing() != null);
		Place place = looked.isPresent() ? looked.get()
				: new Place(directory, target.name(), TargetLook.stat(directory, target.name(), local));
		FileStat existing = place.existing();
		if (existing != null && !existing.isRegular() && !(existing.isLink() && target.isLink())
				&& !(existing.kind() == FileStat.Kind.DIRECTORY && target.request().directory())) {
			throw new TargetRejectedException(target.path(), WritePhase.CHECK, Reason.CHANGED,
					Problem.of("became " + existing.kind().text() + " meanwhile", Remedy.TRY_AGAIN));
		}
		if (existing != null && !options.overwrite()) {
			throw exists(target.path(), WritePhase.CHECK);
		}
		if (options.expectedVersion().isPresent()) {
			String expected = options.expectedVersion().get().toString();
			Version found = (existing != null) ? TargetLook.read(local, () -> versionOf(place)) : Version.none();
			if (!expected.equals(found.toString())) {
				throw new VersionConflictException(target.path(), expected,
						(existing != null) ? found.toString() : null);
			}
		}
		return place;
	}

	/** A file can't be moved to itself; other names of it are seen under the leases. */
	static void requireTwoFiles(Target source, Target target) {
		if (source.path().equals(target.path())) {
			throw sameFile(target.path(), source.path(), WritePhase.RESOLVE);
		}
	}

	/** What is to be moved must still be there, and be another file than the target. */
	static Place checkSource(Target source, Directory directory, Place target) throws IOException {
		Place place = new Place(directory, source.name(), directory.stat(source.name()));
		FileStat from = place.existing();
		if (from == null || !from.isRegular()) {
			String what = (from != null) ? "became " + from.kind().text() : "went away";
			throw new TargetRejectedException(source.path(), WritePhase.CHECK, Reason.CHANGED,
					Problem.of(what + " meanwhile and so can't be moved", Remedy.TRY_AGAIN));
		}
		FileStat to = target.existing();
		if (to != null && to.isRegular() && from.isSameFile(to)) {
			throw sameFile(target.path(), source.path(), WritePhase.CHECK);
		}
		return place;
	}

	/** rename(2) does nothing between two names of one file, and says that it did. */
	static TargetRejectedException sameFile(Path target, Path source, WritePhase phase) {
		return new TargetRejectedException(target, phase, Reason.SAME_FILE,
				Problem.of("is the same file as " + source, Remedy.NAME_OTHER_FILE).at(source));
	}

	private static Version versionOf(Place place) throws IOException {
		try (InputStream in = place.directory().openRead(place.name())) {
			return versionOf(in);
		}
	}

	static Version versionOf(InputStream in) throws IOException {
		return Version.parse(Checksum.of(ChecksumAlgorithm.SHA_256, in).hex());
	}

	static TargetExistsException exists(Path target, @Nullable WritePhase phase) {
		return new TargetExistsException(target, phase);
	}

}
