package io.atomicwrite.spring.metrics;

import java.util.function.Supplier;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of atomicwrite. Each exists from the start of the application, for each
 * value of its tags that is known then. The names and tags are part of the public
 * contract.
 */
public enum AtomicWriteMeterDocumentation implements MeterDocumentation {

	/** How long writes took. */
	WRITE(MeterNames.WRITE, Type.TIMER, "seconds", "Duration of writes, moves and deletes", MeterTag.DIRECTORY,
			MeterTag.OUTCOME, MeterTag.EXCEPTION, MeterTag.ERROR),

	/** The longest write under way. */
	WRITE_OLDEST("atomicwrite.write.oldest", Type.GAUGE, "seconds",
			"Time for which the oldest write, move or delete under way has run, or 0", MeterTag.DIRECTORY),

	/** Writes that failed. */
	WRITE_FAILURES("atomicwrite.write.failures", Type.COUNTER, null, "Writes, moves and deletes that failed",
			MeterTag.DIRECTORY, MeterTag.REASON),

	/** The size of what was written. */
	CONTENT_SIZE("atomicwrite.content.size", Type.COUNTER, "bytes", "Size of all content written", MeterTag.DIRECTORY),

	/** How long each phase took. */
	PHASE("atomicwrite.phase", Type.TIMER, "seconds", "Duration of the phases of writes, moves and deletes",
			MeterTag.PHASE),

	/** Writes that went on with a warning. */
	WARNINGS("atomicwrite.warnings", Type.COUNTER, null,
			"Writes that went on though a guarantee is not kept, as their safety policy permits", MeterTag.DIRECTORY),

	/** Reads that were verified. */
	READS("atomicwrite.reads", Type.COUNTER, null,
			"Verified reads: of the file, of a backup in its place, or of neither because all are damaged",
			MeterTag.DIRECTORY, MeterTag.OUTCOME),

	/** Files that did not verify. */
	CHECKSUM_FAILURES("atomicwrite.checksum.failures", Type.COUNTER, null,
			"Files whose content did not match their checksum", MeterTag.DIRECTORY),

	/** How long locks were waited for. */
	LOCK_WAIT("atomicwrite.lock.wait", Type.TIMER, "seconds", "Time spent waiting for locks", MeterTag.DIRECTORY,
			MeterTag.OUTCOME),

	/** How long locks were held. */
	LOCK_HOLD("atomicwrite.lock.hold", Type.TIMER, "seconds", "Time for which locks are held"),

	/** Locks that were lost. */
	LOCK_LOST("atomicwrite.lock.lost", Type.COUNTER, null,
			"Locks that were lost while they were held, so that their writes were refused", MeterTag.REASON),

	/** How long a lock store took to renew a lease. */
	LOCK_RENEW("atomicwrite.lock.renew", Type.TIMER, "seconds",
			"Time that the lock store took to extend a lease, with locks of several hosts"),

	/** Locks held now. */
	LOCK_HELD("atomicwrite.lock.held", Type.GAUGE, null, "Locks that this application holds", MeterTag.DIRECTORY),

	/** Threads that wait now. */
	LOCK_WAITING("atomicwrite.lock.waiting", Type.GAUGE, null, "Threads of this application that wait for a lock",
			MeterTag.DIRECTORY),

	/** The longest hold. */
	LOCK_OLDEST_HOLD("atomicwrite.lock.oldest.hold", Type.GAUGE, "seconds",
			"Time for which the oldest lock has been held, or 0", MeterTag.DIRECTORY),

	/** The longest wait. */
	LOCK_OLDEST_WAIT("atomicwrite.lock.oldest.wait", Type.GAUGE, "seconds",
			"Time for which a thread has waited the longest for a lock, or 0", MeterTag.DIRECTORY),

	/** Lock files without a holder. */
	LOCK_LEFTOVER("atomicwrite.lock.leftover", Type.GAUGE, null, "Lock files without a holder", MeterTag.DIRECTORY),

	/** Whether writes can succeed. */
	DIRECTORY_USABLE("atomicwrite.directory.usable", Type.GAUGE, null,
			"Whether writes can succeed (1) or not (0), also because the directory does not answer",
			MeterTag.DIRECTORY),

	/** Free space. */
	DIRECTORY_FREE("atomicwrite.directory.free", Type.GAUGE, "bytes",
			"Space that is free for this user when last looked; infinite before the first look", MeterTag.DIRECTORY,
			MeterTag.PLACE),

	/** Free inodes. */
	DIRECTORY_FREE_INODES("atomicwrite.directory.free.inodes", Type.GAUGE, null,
			"Inodes that are free when last looked; infinite where no limit is known", MeterTag.DIRECTORY,
			MeterTag.PLACE),

	/** Where a directory is. */
	DIRECTORY_INFO("atomicwrite.directory.info", Type.GAUGE, null,
			"Filesystem when it was last known, and the safety policy; always 1", MeterTag.DIRECTORY, MeterTag.TYPE,
			MeterTag.MOUNT, MeterTag.SAFETY),

	/** Other mounts than before. */
	DIRECTORY_MOUNT_CHANGES("atomicwrite.directory.mount.changes", Type.COUNTER, null,
			"Looks that found the directory on another mount than the look before", MeterTag.DIRECTORY),

	/** What a directory can promise. */
	GUARANTEE_LEVEL("atomicwrite.guarantee.level", Type.GAUGE, null,
			"Level of a guarantee, from 3 (guaranteed) to 0 (unsupported, or not known)", MeterTag.DIRECTORY,
			MeterTag.GUARANTEE, MeterTag.REQUIRED),

	/** Staging files. */
	STAGING_FILES("atomicwrite.staging.files", Type.GAUGE, null, "Staging files in the directory", MeterTag.DIRECTORY,
			MeterTag.STATE),

	/** The size of orphans. */
	ORPHAN_SIZE("atomicwrite.orphan.size", Type.GAUGE, "bytes", "Size of the staging files whose writer is gone",
			MeterTag.DIRECTORY),

	/** Backups. */
	BACKUPS("atomicwrite.backups", Type.GAUGE, null, "Backups in the directory", MeterTag.DIRECTORY),

	/** Sweeps. */
	HOUSEKEEPING_SWEEPS("atomicwrite.housekeeping.sweeps", Type.COUNTER, null, "Sweeps of the directory",
			MeterTag.DIRECTORY, MeterTag.OUTCOME),

	/** What sweeps removed. */
	HOUSEKEEPING_REMOVED("atomicwrite.housekeeping.removed", Type.COUNTER, null, "Files that housekeeping removed",
			MeterTag.KIND),

	/** The sweep under way. */
	HOUSEKEEPING_RUNNING("atomicwrite.housekeeping.running", Type.GAUGE, "seconds",
			"Time for which the directory has been swept, or 0", MeterTag.DIRECTORY),

	/** The last good sweep. */
	HOUSEKEEPING_LAST_SUCCESS("atomicwrite.housekeeping.last.success", Type.GAUGE, "seconds",
			"Time of the last sweep without a failure, since the epoch, or 0 if there was none", MeterTag.DIRECTORY),

	/** Writes of documents. */
	DOCUMENT_UPDATE("atomicwrite.document.update", Type.TIMER, "seconds",
			"Duration of writes of a document, with the lease", MeterTag.DOCUMENT),

	/** Changes in one write. */
	DOCUMENT_CHANGES("atomicwrite.document.changes", Type.DISTRIBUTION_SUMMARY, null,
			"Changes that one write of a document carries", MeterTag.DOCUMENT),

	/** Changes by others. */
	DOCUMENT_RELOADS("atomicwrite.document.reloads", Type.COUNTER, null,
			"Values that were taken over from a file that someone else changed", MeterTag.DOCUMENT),

	/** Contents that can't be used. */
	DOCUMENT_PROBLEMS("atomicwrite.document.problems", Type.COUNTER, null, "Contents of a file that can't be used",
			MeterTag.DOCUMENT),

	/** Updates that failed. */
	DOCUMENT_UPDATE_FAILURES("atomicwrite.document.update.failures", Type.COUNTER, null,
			"Changes of a document that failed", MeterTag.DOCUMENT),

	/** Listeners that failed. */
	DOCUMENT_LISTENER_FAILURES("atomicwrite.document.listener.failures", Type.COUNTER, null,
			"Listeners of a document that failed", MeterTag.DOCUMENT),

	/** Whether a document is valid. */
	DOCUMENT_VALID("atomicwrite.document.valid", Type.GAUGE, null,
			"Whether the document has a valid content or its defaults (1, also before it is opened) or not (0)",
			MeterTag.DOCUMENT),

	/** Versions that were published, or not. */
	PUBLICATION_PUBLISHES("atomicwrite.publication.publishes", Type.COUNTER, null,
			"Versions that this application has published, or failed to publish", MeterTag.PUBLICATION,
			MeterTag.OUTCOME),

	/** Rollbacks. */
	PUBLICATION_ROLLBACKS("atomicwrite.publication.rollbacks", Type.COUNTER, null,
			"Moves of latest to a version that was published before, made by this application", MeterTag.PUBLICATION),

	/** Versions that are there. */
	PUBLICATION_VERSIONS("atomicwrite.publication.versions", Type.GAUGE, null,
			"Versions of the publication when last looked", MeterTag.PUBLICATION),

	/** How old the latest version is. */
	PUBLICATION_LATEST_AGE("atomicwrite.publication.latest.age", Type.GAUGE, "seconds",
			"Time since the version that latest names was published; infinite where none is known",
			MeterTag.PUBLICATION),

	/** How large the latest version is. */
	PUBLICATION_LATEST_SIZE("atomicwrite.publication.latest.size", Type.GAUGE, "bytes",
			"Size of the files of the version that latest names, or 0 where none is known", MeterTag.PUBLICATION);

	private final String meter;

	private final Type type;

	private final @Nullable String unit;

	private final String description;

	private final MeterTag[] tags;

	AtomicWriteMeterDocumentation(String meter, Type type, @Nullable String unit, String description,
			MeterTag... tags) {
		this.meter = meter;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.meter;
	}

	@Override
	public Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	/**
	 * Returns what the meter measures.
	 * @return its description, as the registry has it
	 */
	public String description() {
		return this.description;
	}

	Timer.Builder timer() {
		return Timer.builder(this.meter).description(this.description);
	}

	Counter.Builder counter() {
		return Counter.builder(this.meter).description(this.description).baseUnit(this.unit);
	}

	DistributionSummary.Builder summary() {
		return DistributionSummary.builder(this.meter).description(this.description).baseUnit(this.unit);
	}

	Gauge.Builder<Supplier<Number>> gauge(Supplier<Number> value) {
		return Gauge.builder(this.meter, value).description(this.description).baseUnit(this.unit);
	}

	MultiGauge.Builder gauges() {
		return MultiGauge.builder(this.meter).description(this.description).baseUnit(this.unit);
	}

}
