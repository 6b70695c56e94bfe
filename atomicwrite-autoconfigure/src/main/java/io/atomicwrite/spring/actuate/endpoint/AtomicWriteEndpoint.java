package io.atomicwrite.spring.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.fs.NativeCalls;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryListing;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.spring.actuate.endpoint.LockView.Page;
import io.atomicwrite.spring.actuate.endpoint.LocksDescriptor.HeldLockDescriptor;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.DirectoryState;
import io.atomicwrite.spring.directory.DirectoryTasks;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.LockLooks;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.spring.housekeeping.RequestedSweeps;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@link Endpoint @Endpoint} that exposes the managed directories, the documents without
 * their content and the locks, and can sweep a directory if access permits.
 */
@Endpoint(id = "atomicwrite", defaultAccess = Access.READ_ONLY)
public class AtomicWriteEndpoint {

	private final ManagedDirectories directories;

	private final DirectoryLooks looks;

	private final LockView locks;

	private final RequestedSweeps sweeps;

	private final AtomicDocuments documents;

	private final DirectoryFiles files;

	private final AuditTrail audit;

	private final LiveWrites writes;

	private final DirectoryActivity activity;

	/**
	 * Creates the endpoint.
	 * @param looks looks at the directories
	 * @param locks the lock registry
	 * @param lockLooks looks for the locks of others
	 * @param sweeps sweeps the directories
	 * @param documents the documents
	 * @param listing lists orphans
	 * @param operations restores backups and accepts edits
	 * @param events where audit events are published
	 * @param writes the writes under way and the last ones
	 * @param activity what is remembered of reads and writes
	 */
	public AtomicWriteEndpoint(DirectoryLooks looks, LockRegistry locks, LockLooks lockLooks, RequestedSweeps sweeps,
			AtomicDocuments documents, DirectoryListing listing, Supplier<? extends AtomicFileOperations> operations,
			ApplicationEventPublisher events, LiveWrites writes, DirectoryActivity activity) {
		this.writes = writes;
		this.activity = activity;
		this.documents = documents;
		this.directories = looks.directories();
		this.looks = looks;
		this.locks = new LockView(locks, lockLooks, looks.directories());
		this.sweeps = sweeps;
		this.files = new DirectoryFiles(new DirectoryTasks(looks), listing, operations);
		this.audit = new AuditTrail(events);
	}

	/**
	 * Describes all managed directories, the documents and the locks.
	 * @param offset the index of the first lock and of the first wait; defaults to 0
	 * @param limit the most locks and the most waits; defaults to 100, at most 1,000
	 * @return the description
	 */
	@ReadOperation
	public AtomicWriteDescriptor overview(@Nullable Integer offset, @Nullable Integer limit) {
		Map<String, DirectoryDescriptor> descriptors = new LinkedHashMap<>();
		this.looks.examine(this.directories.all())
			.forEach((directory, state) -> descriptors.put(directory.name(),
					DirectoryDescriptor.of(directory, state, this.looks, this.activity)));
		Map<String, DocumentDescriptor> named = new LinkedHashMap<>();
		this.documents.all().forEach((name, document) -> named.put(name, DocumentDescriptor.of(document)));
		return new AtomicWriteDescriptor(descriptors, named, this.locks.describe(Page.of(offset, limit)),
				WritesDescriptor.of(this.writes), NativeCalls.status().toString());
	}

	/**
	 * Describes one managed directory.
	 * @param name its name
	 * @return the description, or {@code null} if there is no directory of that name
	 */
	@ReadOperation
	public @Nullable DirectoryDescriptor directory(@Selector String name) {
		ManagedDirectory directory = this.directories.get(name);
		return (directory != null) ? DirectoryDescriptor.of(directory, state(directory), this.looks, this.activity)
				: null;
	}

	private DirectoryState state(ManagedDirectory directory) {
		return Objects.requireNonNull(this.looks.examine(List.of(directory)).get(directory));
	}

	/**
	 * Lists a part of the orphans, the locks or the backups in a managed directory.
	 * @param name its name
	 * @param list {@code orphans}, {@code locks} or {@code backups}
	 * @param file the file whose backups are wanted, in the directory
	 * @param offset the index of the first one; defaults to 0
	 * @param limit the most; defaults to 100, at most 1,000
	 * @return the list, or {@code null} if there is no such directory or list
	 */
	@ReadOperation
	public @Nullable ListDescriptor list(@Selector String name, @Selector String list, @Nullable String file,
			@Nullable Integer offset, @Nullable Integer limit) {
		ManagedDirectory directory = this.directories.get(name);
		Page page = Page.of(offset, limit);
		if (directory == null) {
			return null;
		}
		return switch (list) {
			case "orphans" -> this.files.orphans(directory, page);
			case "backups" -> this.files.backups(directory, file, page);
			case "locks" -> {
				List<HeldLockDescriptor> held = this.locks.of(name);
				yield new ListDescriptor(name, null, page.of(held), null, held.size(), page.offset(), page.limit(),
						null);
			}
			default -> null;
		};
	}

	/**
	 * Sweeps one managed directory. Requires {@link Access#UNRESTRICTED}, and is audited.
	 * @param context who sweeps
	 * @param name the name of the directory
	 * @param dryRun whether to change nothing; defaults to {@code true}
	 * @return the report, or {@code null} if there is no directory of that name
	 */
	@WriteOperation
	public @Nullable SweepDescriptor sweep(SecurityContext context, @Selector String name, @Nullable Boolean dryRun) {
		ManagedDirectory directory = this.directories.get(name);
		if (directory == null) {
			return null;
		}
		SweepReport report = this.sweeps.sweep(directory, !Boolean.FALSE.equals(dryRun));
		this.audit.publish(context, "SWEEP",
				Map.of("directory", name, "path", directory.path().toString(), "dryRun", report.dryRun(), "complete",
						report.complete(), "removed", report.removed().toString(), "failures", report.failureCount()));
		return SweepDescriptor.of(report);
	}

	/**
	 * Restores a backup of a file, or accepts what it holds. Requires
	 * {@link Access#UNRESTRICTED}, and is audited.
	 * @param context who restores
	 * @param name the name of the managed directory
	 * @param action {@code restore} or {@code accept}
	 * @param file the name of the file, in the directory
	 * @param backup the name of the backup to restore
	 * @param version the version to accept; defaults to whatever is there
	 * @return what was done, or {@code null} if there is no such directory or action
	 */
	@WriteOperation
	public @Nullable ChangeDescriptor change(SecurityContext context, @Selector String name, @Selector String action,
			@Nullable String file, @Nullable String backup, @Nullable String version) {
		ManagedDirectory directory = this.directories.get(name);
		if (directory == null) {
			return null;
		}
		ChangeDescriptor done = switch (action) {
			case "restore" -> this.files.restore(directory, file, backup);
			case "accept" -> this.files.accept(directory, file, version);
			default -> null;
		};
		if (done != null) {
			Map<String, Object> data = new LinkedHashMap<>();
			data.put("directory", name);
			data.put("path", done.path());
			if (backup != null) {
				data.put("backup", backup);
			}
			if (done.version() != null) {
				data.put("version", done.version());
			}
			data.put("outcome", (done.outcome() != null) ? done.outcome().name() : "FAILED");
			this.audit.publish(context, action.toUpperCase(Locale.ROOT), data);
		}
		return done;
	}

	/**
	 * Description of all managed directories, the documents and the locks.
	 *
	 * @param directories the directories by name
	 * @param documents the documents by name
	 * @param locks the locks
	 * @param writes the writes under way and the last ones
	 * @param nativeCalls whether the engine makes native calls, and why if it does not
	 */
	public record AtomicWriteDescriptor(Map<String, DirectoryDescriptor> directories,
			Map<String, DocumentDescriptor> documents, LocksDescriptor locks, WritesDescriptor writes,
			String nativeCalls) implements OperationResponseBody {
	}

}
