package io.atomicwrite.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.RecoveryReport.Action;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import org.jspecify.annotations.Nullable;

/**
 * What may be in a directory once it was recovered and swept.
 *
 * @param targets the targets
 * @param options how they were written
 * @param decision what recovery was told to do
 */
record Tidiness(Set<Path> targets, WriteOptions options, Decision decision) {

	/** Recovers, then sweeps, and says what is wrong afterwards. */
	@Nullable String wrong(CrashFileOps disk, Path directory) {
		RecoveryReport report = new Tidying(disk).recover(directory, this.decision);
		return wrong(disk, directory, report);
	}

	/** Sweeps what was recovered, and says what is wrong afterwards. */
	@Nullable String wrong(CrashFileOps disk, Path directory, RecoveryReport report) {
		SweepReport swept = new Tidying(disk).sweep(directory);
		if (!report.complete() || !report.failures().isEmpty() || !swept.complete() || !swept.failures().isEmpty()) {
			return "failed " + report + swept;
		}
		if (!disk.lockFiles().isEmpty()) {
			return "lock files are left " + disk.lockFiles();
		}
		CrashImage image = disk.image();
		for (Path name : image.names().keySet()) {
			String wrong = this.targets.contains(name) ? null : wrong(image, name, report);
			if (wrong != null) {
				return wrong + " " + name.getFileName();
			}
		}
		return null;
	}

	private @Nullable String wrong(CrashImage image, Path name, RecoveryReport report) {
		Artifact artifact = ArtifactNames.parse(name.getFileName().toString());
		if (artifact == null) {
			boolean aside = name.toString().endsWith(".aside") && this.decision != Decision.DISCARD;
			return aside ? null : "unknown file";
		}
		if (artifact.kind() == ArtifactKind.BACKUP) {
			return this.options.backup().enabled() ? null : "unwanted backup";
		}
		if (artifact.kind() != ArtifactKind.SIDECAR) {
			return "left behind";
		}
		String content = image.text(name.resolveSibling(artifact.stem()));
		String sidecar = image.text(name);
		if (content == null || sidecar == null) {
			return isDoubtful(report, name) ? null : "sidecar of nothing";
		}
		boolean settled = sidecar.startsWith(digest(content));
		return (settled || isDoubtful(report, name.resolveSibling(artifact.stem()))) ? null : "not settled";
	}

	private static boolean isDoubtful(RecoveryReport report, Path file) {
		return report.steps().stream().anyMatch((step) -> step.action() == Action.DOUBTFUL && step.file().equals(file));
	}

	private static String digest(String content) {
		try {
			byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
