package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.checksum.ChecksumPolicy.Mode;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a disk after a crash while two writers were at work.
 *
 * @param options how they wrote
 * @param leased whether they had leases: without, a sidecar may be that of the other
 * @param known the contents that were there before
 */
record RaceCheck(WriteOptions options, boolean leased, List<String> known) {

	/** What stands for damage done before the race. */
	static final String DAMAGED = "bad";

	@Nullable String wrong(CrashedDisk disk, RaceMoment moment) {
		for (Path target : moment.histories().keySet()) {
			String wrong = wrongContent(disk, moment, target);
			if (wrong == null) {
				wrong = wrongBackups(disk, moment, target);
			}
			if (wrong != null) {
				return wrong + " " + target.getFileName();
			}
		}
		return null;
	}

	private @Nullable String wrongContent(CrashedDisk disk, RaceMoment moment, Path target) {
		String text = disk.text(target);
		String wrong = moment.wrong(target, text);
		Mode mode = this.options.checksum().mode();
		if (wrong != null || text == null || mode == Mode.NONE) {
			return wrong;
		}
		Verdict verdict = disk.verify(target, this.options);
		if (text.equals(DAMAGED)) {
			return (verdict == Verdict.GOOD) ? "damage passes for good" : null;
		}
		if (verdict == Verdict.DAMAGED && (this.leased || mode == Mode.ATTRIBUTE)) {
			return "false alarm";
		}
		if (verdict == Verdict.UNKNOWN) {
			return "not attested";
		}
		CrashedDisk damaged = new CrashedDisk(disk.image().withText(target, "x".repeat(text.length())));
		return (damaged.verify(target, this.options) != Verdict.DAMAGED) ? "damage passes for good" : null;
	}

	private @Nullable String wrongBackups(CrashedDisk disk, RaceMoment moment, Path target) {
		String text = disk.text(target);
		List<String> kept = new ArrayList<>();
		for (Path backup : disk.backups()) {
			Artifact artifact = ArtifactNames.parse(backup.getFileName().toString());
			if (artifact == null || !artifact.stem().equals(target.getFileName().toString())) {
				continue;
			}
			String content = disk.text(backup);
			if (content == null
					|| !(this.known.contains(content) || moment.histories().get(target).contains(content))) {
				return "torn backup";
			}
			if (this.leased || this.options.checksum().mode() == Mode.ATTRIBUTE) {
				Verdict verdict = disk.verify(backup, this.options);
				if (content.equals(DAMAGED) && verdict == Verdict.GOOD) {
					return "damage passes for good in a backup";
				}
				if (verdict == Verdict.DAMAGED && !content.equals(DAMAGED)) {
					return "false alarm of a backup";
				}
				if (this.options.checksum().mode() == Mode.SIDECAR && verdict != Verdict.GOOD
						&& !content.equals(DAMAGED)) {
					continue;
				}
			}
			kept.add(content);
		}
		return (this.leased && this.options.backup().enabled() && text != null)
				? wrongBackups(kept, moment.before(target, text), text) : null;
	}

	/**
	 * All generations before, or the last, unless the next write has just replaced it.
	 */
	private @Nullable String wrongBackups(List<String> kept, List<String> before, String text) {
		if (before.isEmpty()) {
			return null;
		}
		boolean enough = this.options.backup().timestamped() ? kept.containsAll(before)
				: kept.contains(before.get(before.size() - 1)) || kept.contains(text);
		return enough ? null : "no backup";
	}

}
