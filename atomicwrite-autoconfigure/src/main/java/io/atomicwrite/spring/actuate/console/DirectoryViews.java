package io.atomicwrite.spring.actuate.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.BackupGeneration;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.doctor.Doctor;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.spring.actuate.console.BackupsDescriptor.BackupDescriptor;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.DirectoryTasks;
import io.atomicwrite.spring.directory.ManagedDirectory;

/**
 * Looks closely at one managed directory on request. The I/O runs on a daemon thread, and
 * its caller waits as long as the directory answers. Thread-safe.
 */
public final class DirectoryViews {

	private static final Comparator<Found> NEWEST_FIRST = Comparator.comparing(Found::made)
		.thenComparing((found) -> found.generation.sequence())
		.thenComparing((found) -> found.stat.modified())
		.reversed();

	private final DirectoryLooks looks;

	private final DirectoryTasks tasks;

	private final FileOps files;

	private final Doctor doctor;

	private final BackupPolicy backups;

	/**
	 * Creates an instance.
	 * @param looks looks at the directories
	 * @param files the file operations
	 * @param clock the clock
	 * @param backups the policy that makes the backups
	 */
	public DirectoryViews(DirectoryLooks looks, FileOps files, InstantSource clock, BackupPolicy backups) {
		this.looks = looks;
		this.tasks = new DirectoryTasks(looks);
		this.files = files;
		// a look creates no file, so it needs no names
		this.doctor = new Doctor(files, new GuaranteeInspector(files), () -> 0, clock);
		this.backups = backups;
	}

	/**
	 * Diagnoses a directory without a probe.
	 * @throws IOException if it can't be read, or does not answer in time
	 */
	DoctorDescriptor doctor(ManagedDirectory directory) throws IOException {
		DoctorOptions.Builder options = DoctorOptions.builder();
		this.looks.requirements().options().required().forEach(options::require);
		this.looks.directories().required(directory.name()).forEach(options::require);
		return look(directory, () -> DoctorDescriptor.of(this.doctor.diagnose(directory.path(), options.build())));
	}

	/**
	 * Lists the backups of the files directly in a directory.
	 * @throws IOException if it can't be read, or does not answer in time
	 */
	BackupsDescriptor backups(ManagedDirectory directory) throws IOException {
		return look(directory, () -> list(this.backups.directoryFor(directory.path().resolve("any"))));
	}

	private BackupsDescriptor list(Path place) throws IOException {
		List<String> names = new ArrayList<>();
		this.files.list(place, (name) -> {
			Artifact artifact = ArtifactNames.parse(name, this.backups.suffix());
			if (artifact != null && artifact.kind() == ArtifactKind.BACKUP) {
				names.add(name);
			}
		});
		List<Found> found = new ArrayList<>();
		for (String name : names) {
			FileStat stat = this.files.stat(place.resolve(name));
			BackupGeneration generation = ArtifactNames.generation(name, this.backups.suffix());
			if (stat != null && stat.isRegular() && generation != null) {
				found.add(new Found(name, generation, stat));
			}
		}
		found.sort(NEWEST_FIRST);
		return new BackupsDescriptor(place.toString(), found.size(),
				found.stream().limit(BackupsDescriptor.LISTED).map(this::describe).toList());
	}

	private BackupDescriptor describe(Found found) {
		Artifact artifact = Objects.requireNonNull(ArtifactNames.parse(found.name, this.backups.suffix()));
		return new BackupDescriptor(found.name, artifact.stem(), found.generation.made(), found.stat.modified(),
				found.stat.size());
	}

	private <T> T look(ManagedDirectory directory, Look<T> look) throws IOException {
		try {
			return this.tasks.run(directory, look::at);
		}
		catch (IOException ex) {
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while looking at " + directory.path(), ex);
		}
		catch (Exception ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private record Found(String name, BackupGeneration generation, FileStat stat) {

		Instant made() {
			Instant stamp = this.generation.made();
			return (stamp != null) ? stamp : this.stat.modified();
		}

	}

	private interface Look<T> {

		T at() throws IOException;

	}

}
