package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.lock.HeldLock;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.WaitingLock;
import io.atomicwrite.maintenance.CensusReport;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.directory.DirectoryInspection;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that exposes the managed directories and the locks, and can
 * sweep a directory if access permits.
 */
@Endpoint(id = "atomicwrite", defaultAccess = Access.READ_ONLY)
public class AtomicWriteEndpoint {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final DirectoryCensus census;

	private final LockRegistry locks;

	private final DirectoryHousekeeping housekeeping;

	/**
	 * Creates the endpoint.
	 * @param directories the directories
	 * @param inspector inspects them
	 * @param census counts the artifacts in them
	 * @param locks the lock registry
	 * @param housekeeping sweeps the directories
	 */
	public AtomicWriteEndpoint(ManagedDirectories directories, DirectoryInspector inspector, DirectoryCensus census,
			LockRegistry locks, DirectoryHousekeeping housekeeping) {
		this.directories = directories;
		this.inspector = inspector;
		this.census = census;
		this.locks = locks;
		this.housekeeping = housekeeping;
	}

	/**
	 * Describes all managed directories and the locks.
	 * @return the description
	 */
	@ReadOperation
	public AtomicWriteDescriptor overview() {
		Map<String, DirectoryDescriptor> descriptors = new LinkedHashMap<>();
		for (ManagedDirectory directory : this.directories.all()) {
			descriptors.put(directory.name(), describe(directory));
		}
		return new AtomicWriteDescriptor(descriptors,
				new LocksDescriptor(this.locks.held().stream().map(HeldLockDescriptor::of).toList(),
						this.locks.waiting().stream().map(WaitingLockDescriptor::of).toList()));
	}

	/**
	 * Describes one managed directory.
	 * @param name its name
	 * @return the description, or {@code null} if there is no directory of that name
	 */
	@ReadOperation
	public @Nullable DirectoryDescriptor directory(@Selector String name) {
		ManagedDirectory directory = this.directories.get(name);
		return (directory != null) ? describe(directory) : null;
	}

	/**
	 * Sweeps one managed directory. Requires {@link Access#UNRESTRICTED}.
	 * @param name its name
	 * @param dryRun whether to change nothing; defaults to {@code true}
	 * @return the report, or {@code null} if there is no directory of that name
	 */
	@WriteOperation
	public @Nullable SweepDescriptor sweep(@Selector String name, @Nullable Boolean dryRun) {
		ManagedDirectory directory = this.directories.get(name);
		return (directory != null)
				? SweepDescriptor.of(this.housekeeping.sweep(directory, !Boolean.FALSE.equals(dryRun))) : null;
	}

	private DirectoryDescriptor describe(ManagedDirectory directory) {
		SafetyPolicy safety = this.inspector.requirements().options().safety();
		try {
			DirectoryInspection found = this.inspector.inspect(directory);
			CensusReport counted = this.census.count(directory.path());
			Map<Guarantee, GuaranteeDescriptor> guarantees = new LinkedHashMap<>();
			found.guarantees()
				.forEach((guarantee, assessment) -> guarantees.put(guarantee,
						new GuaranteeDescriptor(assessment.level(), assessment.reason())));
			return new DirectoryDescriptor(directory.path().toString(), FilesystemDescriptor.of(found.filesystem()),
					safety, guarantees, OrphansDescriptor.of(counted.orphans()), counted.leftoverLocks(),
					counted.backups(), null);
		}
		catch (IOException ex) {
			return new DirectoryDescriptor(directory.path().toString(), null, safety, Map.of(), null, null, null,
					"can't be read: " + IoErrors.text(ex));
		}
	}

	/**
	 * Description of all managed directories and the locks.
	 *
	 * @param directories the directories by name
	 * @param locks the locks
	 */
	public record AtomicWriteDescriptor(Map<String, DirectoryDescriptor> directories,
			LocksDescriptor locks) implements OperationResponseBody {
	}

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
	 * @param error why the rest is absent
	 */
	public record DirectoryDescriptor(String path, @Nullable FilesystemDescriptor filesystem, SafetyPolicy safety,
			Map<Guarantee, GuaranteeDescriptor> guarantees, @Nullable OrphansDescriptor orphans,
			@Nullable Long leftoverLocks, @Nullable Long backups,
			@Nullable String error) implements OperationResponseBody {
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

		static OrphansDescriptor of(CensusReport.Orphans orphans) {
			return new OrphansDescriptor(orphans.count(), orphans.bytes(), orphans.oldest());
		}

	}

	/**
	 * Description of the locks.
	 *
	 * @param held the locks that are held
	 * @param waiting the threads that wait for a lock
	 */
	public record LocksDescriptor(List<HeldLockDescriptor> held, List<WaitingLockDescriptor> waiting) {
	}

	/**
	 * Description of a lock that is held.
	 *
	 * @param target the target
	 * @param since when it was acquired
	 * @param thread the thread that acquired it
	 * @param waiters the number of threads that wait for it
	 */
	public record HeldLockDescriptor(String target, Instant since, String thread, int waiters) {

		static HeldLockDescriptor of(HeldLock lock) {
			return new HeldLockDescriptor(lock.target().toString(), lock.since(), lock.thread(), lock.waiters());
		}

	}

	/**
	 * Description of a thread that waits for a lock.
	 *
	 * @param target the target
	 * @param since when it began to wait
	 * @param thread the thread
	 */
	public record WaitingLockDescriptor(String target, Instant since, String thread) {

		static WaitingLockDescriptor of(WaitingLock lock) {
			return new WaitingLockDescriptor(lock.target().toString(), lock.since(), lock.thread());
		}

	}

}
