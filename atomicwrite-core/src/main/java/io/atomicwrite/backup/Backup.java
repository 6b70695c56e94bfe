package io.atomicwrite.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;

/**
 * A backup: a previous version of a target's content. Immutable.
 *
 * @param path the backup
 * @param generation its generation
 * @param size its size in bytes
 * @param modified when its content was written
 */
public record Backup(Path path, BackupGeneration generation, long size, Instant modified) {

	/**
	 * Lists the backups of a target, newest first. The backup without a time stamp comes
	 * first if the policy makes such backups, otherwise last.
	 * @param files the file operations
	 * @param target the canonical path of the target
	 * @param policy the policy that made the backups: their directory and suffix
	 * @return the backups
	 * @throws IOException if the directory can't be read
	 */
	public static List<Backup> list(FileOps files, Path target, BackupPolicy policy) throws IOException {
		return list(files, target, policy, CompanionNames.VISIBLE);
	}

	/**
	 * Lists the backups of a target, newest first, where a spelling of their names is
	 * preferred. Those of the other are listed too, unless there is a file that they may
	 * belong to.
	 * @param files the file operations
	 * @param target the canonical path of the target
	 * @param policy the policy that made the backups: their directory and suffix
	 * @param companions the spelling
	 * @return the backups
	 * @throws IOException if the directory can't be read
	 */
	public static List<Backup> list(FileOps files, Path target, BackupPolicy policy, CompanionNames companions)
			throws IOException {
		return new Generations(files, companions).of(target, policy);
	}

}
