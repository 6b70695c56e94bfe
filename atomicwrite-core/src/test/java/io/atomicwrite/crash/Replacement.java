package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.Set;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.test.crash.CrashImage;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a disk after a crash while one content of a target was replaced by
 * another.
 *
 * @param target the target
 * @param options how it was written
 * @param before the disk before
 * @param after the content that was written
 * @param backups the contents that backups may have
 */
record Replacement(Path target, WriteOptions options, CrashImage before, String after,
		Set<String> backups) implements CrashRun.Check {

	static CrashRun.Operation write(Path target, String text) {
		return (template) -> template.writeString(target, text).outcome() == WriteOutcome.DURABLE;
	}

	static CrashImage written(CrashImage image, WriteOptions options, Path target, String... texts) {
		CrashImage now = image;
		for (String text : texts) {
			now = CrashRun.of(now, options, write(target, text)).after();
		}
		return now;
	}

	static WriteOptions options(ChecksumPolicy checksum, BackupPolicy backup) {
		return WriteOptions.engineDefaults().toBuilder().checksum(checksum).backup(backup).build();
	}

	@Override
	public @Nullable String wrong(CrashedDisk disk, boolean acknowledged) {
		String old = this.before.text(this.target);
		String found = disk.text(this.target);
		if (found == null) {
			return (old != null || acknowledged) ? "missing" : wrongBackups(disk, false);
		}
		boolean renewed = found.equals(this.after);
		if (!renewed && !found.equals(old)) {
			return "torn";
		}
		if (acknowledged && !renewed) {
			return "acknowledged and lost";
		}
		Verdict verdict = disk.verify(this.target, this.options);
		if (verdict == Verdict.DAMAGED) {
			return "false alarm";
		}
		if (verdict == Verdict.UNKNOWN && isAttested(renewed)) {
			return "not attested";
		}
		return wrongBackups(disk, renewed);
	}

	/** Whether a checksum must be there: of the old as before, of the new as asked. */
	private boolean isAttested(boolean renewed) {
		boolean asked = this.options.checksum().mode() != ChecksumPolicy.Mode.NONE;
		if (renewed && asked) {
			return true;
		}
		boolean sidecar = this.before.names()
			.keySet()
			.stream()
			.anyMatch((name) -> name.toString().startsWith(this.target + ".sha"));
		boolean attribute = !renewed && new CrashedDisk(this.before).verify(this.target, this.options) == Verdict.GOOD;
		return sidecar || attribute;
	}

	private @Nullable String wrongBackups(CrashedDisk disk, boolean renewed) {
		String old = this.before.text(this.target);
		boolean kept = false;
		for (Path backup : disk.backups()) {
			String text = disk.text(backup);
			if (text == null || !this.backups.contains(text)) {
				return "torn backup";
			}
			Verdict verdict = disk.verify(backup, this.options);
			if (verdict == Verdict.DAMAGED) {
				return "false alarm of a backup";
			}
			boolean attested = this.options.checksum().mode() != ChecksumPolicy.Mode.SIDECAR || verdict == Verdict.GOOD;
			kept |= text.equals(old) && attested;
		}
		boolean wanted = this.options.backup().enabled() && old != null;
		return (wanted && renewed && !kept) ? "no backup" : null;
	}

}
