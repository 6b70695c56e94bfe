package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.Remedy;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;

/**
 * The result of inspecting a managed directory.
 *
 * @param directory the directory
 * @param realPath its canonical path
 * @param filesystem its filesystem
 * @param guarantees the guarantees for the writes of the application
 * @param lacks the capabilities that writes need under every safety policy, but the
 * filesystem lacks
 * @param shortfalls the guarantees below the required level
 * @param warnings the guarantees that the safety policy permits with a warning
 * @param writable whether this user may create files in it
 * @param displaced why it is not the directory that it was at the start; empty if it is
 * @param space the space of its filesystem
 * @param backup where its backups lie, if that is another directory
 */
public record DirectoryInspection(ManagedDirectory directory, Path realPath, Filesystem filesystem,
		Map<Guarantee, Assessment> guarantees, Set<Capability> lacks, List<Shortfall> shortfalls,
		List<Shortfall> warnings, boolean writable, Optional<String> displaced, DiskSpace space,
		Optional<BackupPlace> backup) {

	/**
	 * Returns whether the writes of the application can succeed there.
	 * @return whether it is writable, no capability is missing, no guarantee falls short,
	 * it is where it was at the start and its backups can be made
	 */
	public boolean usable() {
		return this.writable && meetsRequirements() && this.displaced.isEmpty() && backupProblem().isEmpty();
	}

	private Optional<String> backupProblem() {
		return this.backup.flatMap(BackupPlace::problem);
	}

	/**
	 * Returns why the writes of the application can't succeed there.
	 * @return each reason with its remedy, none if it is {@link #usable()}
	 */
	public List<String> obstacles() {
		List<String> texts = new ArrayList<>();
		this.displaced.ifPresent((text) -> texts.add(text + "; " + Remedy.MOUNT_BACK.text()));
		if (!this.writable) {
			texts.add(notWritable());
		}
		this.lacks.forEach((capability) -> texts.add(
				this.realPath + ": the filesystem lacks " + capability.name() + "; " + Remedy.CHOOSE_DIRECTORY.text()));
		this.shortfalls.forEach((shortfall) -> texts
			.add(this.realPath + ": " + shortfall + "; choose another directory, or lower atomicwrite.safety or the "
					+ "level that atomicwrite.require or atomicwrite.directories." + this.directory.name()
					+ ".require demands"));
		backupProblem().ifPresent(texts::add);
		return List.copyOf(texts);
	}

	private String notWritable() {
		boolean readOnly = this.filesystem.kind() == FilesystemClass.READ_ONLY;
		return "no file can be created in " + this.realPath + "; " + (readOnly ? Remedy.REMOUNT_WRITABLE.text()
				: Remedy.PERMIT_CHANGES.text() + ", or " + Remedy.ALLOW_CHANGES.text());
	}

	/**
	 * Returns whether the filesystem meets the requirements of the writes.
	 * @return whether no capability is missing and no guarantee falls short
	 */
	public boolean meetsRequirements() {
		return this.lacks.isEmpty() && this.shortfalls.isEmpty();
	}

	/**
	 * Returns the warnings of the safety policy, with the same texts as those of writes.
	 * @return the text of each warning
	 */
	public List<String> warningTexts() {
		return this.warnings.stream().map((warning) -> warning.warning(this.filesystem)).toList();
	}

}
