package io.atomicwrite.spring.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Runbook;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.spring.directory.Answer;
import io.atomicwrite.spring.directory.BackupPlace;
import io.atomicwrite.spring.directory.DirectoryActivity.Failure;
import io.atomicwrite.spring.directory.DirectoryActivity.Fallback;
import io.atomicwrite.spring.directory.DirectoryActivity.Recent;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.FailureReason;
import io.atomicwrite.spring.directory.ManagedDirectory;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one directory, as it is put together. {@code docs/reference/health.md}
 * has the table of what leads to which status.
 */
final class DirectoryHealth {

	/** A conflict or a busy lock is an answer to the caller, and nothing to look at. */
	private static final Set<FailureReason> OF_ENVIRONMENT = EnumSet.of(FailureReason.NO_SPACE, FailureReason.READ_ONLY,
			FailureReason.PERMISSION, FailureReason.LOCK_TIMEOUT, FailureReason.LOCK_LOST, FailureReason.UNSUPPORTED,
			FailureReason.DEVICE);

	private final HealthLimits limits;

	private final Instant now;

	private final LockHealth.Locks locks;

	private final Recent recent;

	private final Map<String, Object> details = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final Set<String> runbooks = new LinkedHashSet<>();

	private Status status = OwnStatus.UP;

	DirectoryHealth(HealthLimits limits, Instant now, LockHealth.Locks locks, Recent recent) {
		this.limits = limits;
		this.now = now;
		this.locks = locks;
		this.recent = recent;
	}

	private void problem(Status severity, String text, Runbook page) {
		problem(severity, text);
		this.runbooks.add(page.url());
	}

	private void problem(Status severity, String text) {
		this.status = OwnStatus.worse(severity, this.status);
		this.problems.add(text);
	}

	DirectoryHealth directory(ManagedDirectory directory, Answer<DirectoryInspection> answer) {
		this.details.put("path", directory.path().toString());
		answer.problem().ifPresent((text) -> {
			this.details.put("error", text);
			problem(OwnStatus.DOWN, directory.path() + " " + text,
					answer.silent() ? Runbook.DIRECTORY_SILENT : Runbook.DIRECTORY_UNUSABLE);
		});
		answer.current().ifPresent(this::inspected);
		return this;
	}

	private void inspected(DirectoryInspection found) {
		this.details.put("filesystem", found.filesystem().type());
		this.details.put("mountPoint", found.filesystem().mountPoint().toString());
		this.details.put("writable", found.writable());
		this.details.put("nativeCalls", NativeCalls.status().toString());
		Map<String, Object> guarantees = new LinkedHashMap<>();
		found.guarantees()
			.forEach((guarantee, assessment) -> guarantees.put(guarantee.name(),
					Map.of("level", assessment.level().name(), "reason", assessment.reason())));
		this.details.put("guarantees", guarantees);
		this.details.put("space", describe(found.space()));
		space(found.space(), "the filesystem of " + found.realPath(), Runbook.NO_SPACE);
		found.backup().ifPresent(this::backup);
		usability(found);
	}

	private void usability(DirectoryInspection found) {
		found.displaced().ifPresent((reason) -> this.details.put("displaced", reason));
		if (!found.lacks().isEmpty()) {
			this.details.put("lacks", found.lacks().stream().map(Capability::name).toList());
		}
		if (!found.warnings().isEmpty()) {
			this.details.put("warnings", found.warningTexts());
		}
		if (!found.shortfalls().isEmpty()) {
			this.details.put("shortfalls", found.shortfalls().stream().map(Shortfall::toString).toList());
		}
		found.obstacles().forEach((text) -> problem(OwnStatus.OUT_OF_SERVICE, text, page(found)));
	}

	private static Runbook page(DirectoryInspection found) {
		if (found.displaced().isPresent()) {
			return Runbook.MOUNT_CHANGED;
		}
		if (found.filesystem().kind() == FilesystemClass.READ_ONLY) {
			return Runbook.READ_ONLY;
		}
		return found.meetsRequirements() ? Runbook.DIRECTORY_UNUSABLE : Runbook.GUARANTEE_DROPPED;
	}

	private void backup(BackupPlace backup) {
		Map<String, Object> described = new LinkedHashMap<>();
		described.put("path", backup.path().toString());
		backup.space().ifPresent((space) -> described.putAll(describe(space)));
		backup.problem().ifPresent((text) -> described.put("problem", text));
		this.details.put("backup", described);
		backup.space()
			.ifPresent((space) -> space(space, "the filesystem of the backup directory " + backup.path(),
					Runbook.BACKUP_NO_SPACE));
	}

	private static Map<String, Object> describe(DiskSpace space) {
		Map<String, Object> described = new LinkedHashMap<>();
		described.put("free", space.usable());
		described.put("total", space.total());
		space.freeInodes().ifPresent((inodes) -> described.put("freeInodes", inodes));
		return described;
	}

	private void space(DiskSpace space, String where, Runbook full) {
		long inodes = space.freeInodes().orElse(Long.MAX_VALUE);
		if (space.usable() == 0 || inodes == 0) {
			problem(OwnStatus.OUT_OF_SERVICE, where + " is full: free " + ((space.usable() == 0) ? "space" : "inodes")
					+ " on it; the old files stand", full);
		}
		else if (space.usable() < this.limits.freeBytes() && space.usable() < space.total() / 2) {
			problem(OwnStatus.DEGRADED, where + " is almost full: " + space.usable() + " bytes are free",
					Runbook.SPACE_LOW);
		}
		else if (inodes < this.limits.freeInodes()) {
			problem(OwnStatus.DEGRADED, where + " is almost full: " + inodes + " files can still be created",
					Runbook.SPACE_LOW);
		}
	}

	private void locks() {
		this.details.put("locks", this.locks.describe());
		this.locks.oldestHold()
			.filter((hold) -> hold.age(this.now).compareTo(this.limits.lockAge()) >= 0)
			.ifPresent((hold) -> problem(OwnStatus.DEGRADED,
					"the lock of " + hold.target() + " is held for " + hold.age(this.now).toSeconds()
							+ " s by the thread '" + hold.thread() + "' of this process; see its stack",
					Runbook.WRITER_STUCK));
		this.locks.oldestWait()
			.filter((turn) -> turn.age(this.now).compareTo(this.limits.lockAge()) >= 0)
			.ifPresent((turn) -> problem(OwnStatus.DEGRADED,
					"the thread '" + turn.thread() + "' waits for the lock of " + turn.target() + " for "
							+ turn.age(this.now).toSeconds() + " s; the endpoint names its holder",
					Runbook.LOCK_TIMEOUTS));
	}

	private void activity() {
		this.recent.lastFailure().ifPresent((failure) -> this.details.put("lastFailure", describe(failure)));
		this.recent.lastFallback().ifPresent((fallback) -> this.details.put("lastFallback", describe(fallback)));
		if (!this.recent.damaged().isEmpty()) {
			this.details.put("damaged",
					this.recent.damaged().keySet().stream().map(Object::toString).sorted().toList());
			problem(OwnStatus.DEGRADED,
					this.recent.damaged().size() + " file(s) did not verify and have not been written since;"
							+ " restore a backup, or accept an edit by hand (atomic-write accept)",
					Runbook.CHECKSUM_MISMATCH);
		}
		this.recent.lastFailure()
			.filter((failure) -> this.recent.failing() && OF_ENVIRONMENT.contains(failure.reason()))
			.ifPresent((failure) -> problem(OwnStatus.DEGRADED,
					"the last write failed (" + failure.reason().text() + "): " + failure.message()));
	}

	private static Map<String, Object> describe(Failure failure) {
		Map<String, Object> described = new LinkedHashMap<>();
		described.put("at", failure.at());
		described.put("file", failure.target().toString());
		described.put("reason", failure.reason().text());
		described.put("message", failure.message());
		return described;
	}

	private static Map<String, Object> describe(Fallback fallback) {
		Map<String, Object> described = new LinkedHashMap<>();
		described.put("at", fallback.at());
		described.put("file", fallback.file().toString());
		described.put("backup", fallback.backup().toString());
		described.put("reason", fallback.reason());
		return described;
	}

	Health build() {
		locks();
		activity();
		if (!this.problems.isEmpty()) {
			this.details.put("problems", List.copyOf(this.problems));
		}
		if (!this.runbooks.isEmpty()) {
			this.details.put("runbooks", List.copyOf(this.runbooks));
		}
		return Health.status(this.status).withDetails(this.details).build();
	}

}
