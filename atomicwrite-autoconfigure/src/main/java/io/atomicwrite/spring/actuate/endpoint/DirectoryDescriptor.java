package io.atomicwrite.spring.actuate.endpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.directory.Answer;
import io.atomicwrite.spring.directory.BackupPlace;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.DirectoryState;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a managed directory. Whatever can't be determined is absent.
 *
 * @param path its path
 * @param filesystem its filesystem
 * @param safety the safety policy of writes
 * @param guarantees its guarantees
 * @param orphans the staging files whose writer is gone
 * @param leftoverLocks the number of lock files without a holder
 * @param backups the number of backups
 * @param staging the staging files that are no orphans
 * @param usable whether its writes can succeed
 * @param space its free space
 * @param backup where its backups lie, if that is another directory
 * @param damaged files that did not match their checksum and have not been written,
 * restored or accepted since; at most 100
 * @param stale the age in seconds of the last known values, if the directory does not
 * answer
 * @param error why the rest is absent or stale
 */
public record DirectoryDescriptor(String path, @Nullable FilesystemDescriptor filesystem, SafetyPolicy safety,
		Map<Guarantee, GuaranteeDescriptor> guarantees, @Nullable OrphansDescriptor orphans,
		@Nullable Long leftoverLocks, @Nullable Long backups, @Nullable StagingDescriptor staging,
		@Nullable Boolean usable, @Nullable SpaceDescriptor space, @Nullable BackupPlaceDescriptor backup,
		List<DamagedFileDescriptor> damaged, @Nullable Long stale,
		@Nullable String error) implements OperationResponseBody {

	static DirectoryDescriptor of(ManagedDirectory directory, DirectoryState state, DirectoryLooks looks,
			DirectoryActivity activity) {
		Answer<DirectoryInspection> inspection = state.inspection();
		Map<Guarantee, GuaranteeDescriptor> guarantees = new LinkedHashMap<>();
		inspection.value()
			.ifPresent((found) -> found.guarantees()
				.forEach((guarantee, assessment) -> guarantees.put(guarantee,
						new GuaranteeDescriptor(assessment.level(), assessment.reason()))));
		FilesystemDescriptor filesystem = inspection.value()
			.map((found) -> FilesystemDescriptor.of(found.filesystem()))
			.orElse(null);
		Optional<DirectoryCensus.Report> counted = state.census().value();
		return new DirectoryDescriptor(directory.path().toString(), filesystem, looks.requirements().options().safety(),
				guarantees, counted.map((report) -> OrphansDescriptor.of(report.orphans())).orElse(null),
				counted.map(DirectoryCensus.Report::leftoverLocks).orElse(null),
				counted.map(DirectoryCensus.Report::backups).orElse(null),
				counted.map((report) -> new StagingDescriptor(report.live(), report.future())).orElse(null),
				inspection.value().map(DirectoryInspection::usable).orElse(null),
				inspection.value().map((found) -> SpaceDescriptor.of(found.space())).orElse(null),
				inspection.value().flatMap(DirectoryInspection::backup).map(BackupPlaceDescriptor::of).orElse(null),
				DamagedFileDescriptor.of(directory, activity.recent(directory.name()).damaged()),
				stale(state, looks.clock().instant()),
				inspection.problem().or(() -> countingProblem(state.census())).orElse(null));
	}

	private static @Nullable Long stale(DirectoryState state, Instant now) {
		return state.inspection()
			.staleness(now)
			.or(() -> state.census().staleness(now))
			.map(Duration::toSeconds)
			.orElse(null);
	}

	private static Optional<String> countingProblem(Answer<DirectoryCensus.Report> census) {
		return census.problem().map((problem) -> "counting its artifacts: " + problem);
	}

	/**
	 * Description of a filesystem.
	 *
	 * @param type its type
	 * @param className its class
	 * @param mountPoint where it is mounted
	 * @param options its mount options
	 */
	public record FilesystemDescriptor(String type, @JsonProperty("class") String className, String mountPoint,
			List<String> options) {

		static FilesystemDescriptor of(Filesystem filesystem) {
			return new FilesystemDescriptor(filesystem.type(), filesystem.kind().id(),
					filesystem.mountPoint().toString(), filesystem.options());
		}

	}

	/**
	 * Description of a file that did not match its checksum.
	 *
	 * @param file the file, below the directory
	 * @param since when it was found
	 */
	public record DamagedFileDescriptor(String file, Instant since) {

		static List<DamagedFileDescriptor> of(ManagedDirectory directory, Map<Path, Instant> damaged) {
			return damaged.entrySet()
				.stream()
				.map((one) -> new DamagedFileDescriptor(name(directory.path(), one.getKey()), one.getValue()))
				.sorted(Comparator.comparing(DamagedFileDescriptor::file))
				.toList();
		}

		/** A file that was reached by another path, as through a link, has all of it. */
		private static String name(Path directory, Path file) {
			return (file.startsWith(directory) ? directory.relativize(file) : file).toString();
		}

	}

	/**
	 * Description of a guarantee.
	 *
	 * @param level its level
	 * @param reason why that level applies
	 */
	public record GuaranteeDescriptor(GuaranteeLevel level, String reason) {
	}

	/**
	 * Description of orphans.
	 *
	 * @param count the number of staging files
	 * @param bytes their total size in bytes
	 * @param oldest the earliest modification time
	 */
	public record OrphansDescriptor(long count, long bytes, @Nullable Instant oldest) {

		static OrphansDescriptor of(DirectoryCensus.Report.Orphans orphans) {
			return new OrphansDescriptor(orphans.count(), orphans.bytes(), orphans.oldest());
		}

	}

	/**
	 * Description of staging files that are no orphans.
	 *
	 * @param live the number of those whose writer lives, or that are young
	 * @param future the number of those with a time in the future, as after a clock was
	 * set back
	 */
	public record StagingDescriptor(long live, long future) {
	}

	/**
	 * Description of the free space of a filesystem.
	 *
	 * @param free what this user can still write, in bytes
	 * @param total its size in bytes
	 * @param freeInodes the number of files that can still be created, absent where it is
	 * not limited or not known
	 */
	public record SpaceDescriptor(long free, long total, @Nullable Long freeInodes) {

		static SpaceDescriptor of(DiskSpace space) {
			return new SpaceDescriptor(space.usable(), space.total(),
					space.freeInodes().isPresent() ? space.freeInodes().getAsLong() : null);
		}

	}

	/**
	 * Description of the directory of backups.
	 *
	 * @param path its path
	 * @param space its free space, absent if it can't be determined
	 * @param problem why no backup can be made there, with the remedy
	 */
	public record BackupPlaceDescriptor(String path, @Nullable SpaceDescriptor space, @Nullable String problem) {

		static BackupPlaceDescriptor of(BackupPlace place) {
			return new BackupPlaceDescriptor(place.path().toString(),
					place.space().map(SpaceDescriptor::of).orElse(null), place.problem().orElse(null));
		}

	}

}
