package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.maintenance.DirectoryListing;
import io.atomicwrite.maintenance.DirectoryListing.Orphan;
import io.atomicwrite.spring.actuate.endpoint.ListDescriptor.BackupDescriptor;
import io.atomicwrite.spring.actuate.endpoint.ListDescriptor.OrphanDescriptor;
import io.atomicwrite.spring.actuate.endpoint.LockView.Page;
import io.atomicwrite.spring.directory.DirectoryTasks;
import io.atomicwrite.spring.directory.DirectoryTasks.DirectoryBusyException;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Lists and changes single files of managed directories, on other threads than those of
 * the web server.
 *
 * @param tasks runs what may block
 * @param listing lists orphans
 * @param operations restores and accepts
 */
record DirectoryFiles(DirectoryTasks tasks, DirectoryListing listing,
		Supplier<? extends AtomicFileOperations> operations) {

	ListDescriptor orphans(ManagedDirectory directory, Page page) {
		try {
			List<Orphan> all = this.tasks.run(directory, () -> this.listing.orphans(directory.path()));
			List<OrphanDescriptor> some = page.of(all)
				.stream()
				.map((orphan) -> new OrphanDescriptor(name(orphan.path()), orphan.size(), orphan.modified()))
				.toList();
			return new ListDescriptor(directory.name(), some, null, null, all.size(), page.offset(), page.limit(),
					null);
		}
		catch (Exception ex) {
			return failed(directory, page, ex);
		}
	}

	ListDescriptor backups(ManagedDirectory directory, @Nullable String file, Page page) {
		Path target = target(directory, file);
		try {
			List<Backup> all = this.tasks.run(directory, () -> this.operations.get().generations(target));
			List<BackupDescriptor> some = page.of(all)
				.stream()
				.map((backup) -> new BackupDescriptor(name(backup.path()), backup.path().toString(), backup.size(),
						backup.modified()))
				.toList();
			return new ListDescriptor(directory.name(), null, null, some, all.size(), page.offset(), page.limit(),
					null);
		}
		catch (Exception ex) {
			return failed(directory, page, ex);
		}
	}

	private static ListDescriptor failed(ManagedDirectory directory, Page page, Exception failure) {
		return new ListDescriptor(directory.name(), null, null, null, 0, page.offset(), page.limit(), text(failure));
	}

	ChangeDescriptor restore(ManagedDirectory directory, @Nullable String file, @Nullable String backup) {
		if (backup == null) {
			throw invalid("backup", "name the backup to restore");
		}
		Path target = target(directory, file);
		return change(directory, target, "restore", () -> {
			Backup chosen = this.operations.get()
				.generations(target)
				.stream()
				.filter((one) -> name(one.path()).equals(backup))
				.findFirst()
				.orElseThrow(() -> invalid("backup", "the file has no such backup"));
			return this.operations.get().restore(target, chosen);
		});
	}

	/** Accepts the content that has a version, or whatever is there. */
	ChangeDescriptor accept(ManagedDirectory directory, @Nullable String file, @Nullable String version) {
		Path target = target(directory, file);
		Version expected = (version != null) ? version(version) : null;
		return change(directory, target, "accept",
				() -> this.operations.get().accept(target, (changes) -> changes.expectedVersion(expected)));
	}

	private static Version version(String text) {
		try {
			return Version.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("version", "a version has 64 hexadecimal digits, as sha256sum prints them");
		}
	}

	private ChangeDescriptor change(ManagedDirectory directory, Path target, String action, Change change) {
		try {
			WriteResult result = this.tasks.run(directory, change::run);
			return new ChangeDescriptor(target.toString(), action, result.outcome(),
					result.version().map(Object::toString).orElse(null),
					result.backup().map(Path::toString).orElse(null), null);
		}
		catch (InvalidEndpointRequestException ex) {
			throw ex;
		}
		catch (Exception ex) {
			return new ChangeDescriptor(target.toString(), action, null, null, null, text(ex));
		}
	}

	private static String text(Exception failure) {
		if (failure instanceof AtomicWriteException || failure instanceof DirectoryBusyException) {
			return String.valueOf(failure.getMessage());
		}
		if (failure instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
		return (failure instanceof IOException ex) ? IoErrors.text(ex) : failure.toString();
	}

	/** A file right in the directory: no name leads out of it. */
	private static Path target(ManagedDirectory directory, @Nullable String file) {
		try {
			Path name = (file != null && !file.isBlank()) ? Path.of(file) : null;
			if (name != null && !name.isAbsolute() && name.getNameCount() == 1 && name.equals(name.normalize())
					&& !name.toString().isEmpty() && !name.toString().equals("..")) {
				return directory.path().resolve(name);
			}
		}
		catch (InvalidPathException ex) {
			// is no name either
		}
		throw invalid("file", "name a file of the directory, without a path");
	}

	private static InvalidEndpointRequestException invalid(String parameter, String text) {
		return new InvalidEndpointRequestException(parameter + ": " + text,
				String.format(Locale.ROOT, "The parameter '%s' is invalid", parameter));
	}

	private static String name(Path path) {
		return Objects.requireNonNull(path.getFileName()).toString();
	}

	/** A change of one file. */
	@FunctionalInterface
	private interface Change {

		WriteResult run() throws Exception;

	}

}
