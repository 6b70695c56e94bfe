package io.atomicwrite.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;

/**
 * What a write with certain options needs of a directory. The gate of every write asks
 * it, and so can anyone who wants to know beforehand.
 *
 * @param options the options of the write
 * @param lockScope whom its locks exclude
 * @param linearizable whether a lock is never granted to two at once, see
 * {@link LockRegistry#linearizable()}
 */
public record WriteRequirements(WriteOptions options, LockScope lockScope, boolean linearizable) {

	/**
	 * Creates the requirements of a write whose locks are never granted to two at once.
	 * @param options the options of the write
	 * @param lockScope whom its locks exclude
	 */
	public WriteRequirements(WriteOptions options, LockScope lockScope) {
		this(options, lockScope, true);
	}

	/**
	 * Creates the requirements of a write with the locks of a registry.
	 * @param options the options of the write
	 * @param locks the registry
	 */
	public WriteRequirements(WriteOptions options, LockRegistry locks) {
		this(options, locks.scope(), locks.linearizable());
	}

	/**
	 * Returns these requirements with those of a directory: of two levels for one
	 * guarantee the higher counts.
	 * @param levels the levels that the directory requires
	 * @return the requirements of the write in that directory
	 */
	public WriteRequirements and(Map<Guarantee, GuaranteeLevel> levels) {
		if (levels.isEmpty()) {
			return this;
		}
		return new WriteRequirements(this.options.with((changes) -> levels.forEach((guarantee, level) -> {
			GuaranteeLevel own = this.options.required().getOrDefault(guarantee, level);
			changes.require(guarantee, own.satisfies(level) ? own : level);
		})), this.lockScope, this.linearizable);
	}

	/**
	 * Returns what a directory can promise to the write, which depends on its lock too.
	 * @param report what the filesystem can promise
	 * @return an assessment of each guarantee
	 */
	public Map<Guarantee, Assessment> assess(GuaranteeReport report) {
		Map<Guarantee, Assessment> result = new EnumMap<>(Guarantee.class);
		for (Guarantee guarantee : Guarantee.values()) {
			result.put(guarantee, report.assessment(guarantee));
		}
		if (!report.capabilities().contains(Capability.ATOMIC_WRITE)) {
			result.put(Guarantee.ATOMIC_VISIBILITY,
					new Assessment(GuaranteeLevel.UNSUPPORTED, "a file can't be replaced in one step there"));
		}
		if (!keepsChecksum()) {
			result.put(Guarantee.INTEGRITY_DETECTION,
					new Assessment(GuaranteeLevel.UNSUPPORTED, "the write keeps no checksum"));
		}
		if (!takesLock()) {
			result.put(Guarantee.WRITER_EXCLUSION,
					new Assessment(GuaranteeLevel.UNSUPPORTED, "the write takes no lock"));
		}
		else if (this.lockScope == LockScope.REGISTRY) {
			Assessment local = report.assessment(Guarantee.WRITER_EXCLUSION);
			result.put(Guarantee.WRITER_EXCLUSION, new Assessment(local.level().weaker(GuaranteeLevel.BEST_EFFORT),
					"the lock registry excludes the threads that share it, and nobody else"));
		}
		else if (this.lockScope == LockScope.CLUSTER) {
			result.put(Guarantee.WRITER_EXCLUSION, ClusterExclusion.assess(report.filesystem(), this.linearizable));
		}
		return result;
	}

	/**
	 * Returns what the write needs and can't be done in a directory: for that it is
	 * refused whatever its safety policy.
	 * @param report what the filesystem can do
	 * @return the missing capabilities, the most important first
	 */
	public Set<Capability> lacking(GuaranteeReport report) {
		Set<Capability> needed = EnumSet.of(Capability.ATOMIC_WRITE, Capability.FILE_SYNC);
		if (!this.options.overwrite()) {
			needed.add(Capability.NO_CLOBBER);
		}
		if (this.options.checksum().mode() == ChecksumPolicy.Mode.ATTRIBUTE) {
			needed.add(Capability.USER_ATTRIBUTES);
		}
		if (takesLock() && this.lockScope == LockScope.HOST) {
			needed.add(Capability.HOST_LOCK);
		}
		needed.removeAll(report.capabilities());
		return Collections.unmodifiableSet(needed);
	}

	/**
	 * Returns what makes the write be refused. Under {@link SafetyPolicy#STRICT} a
	 * filesystem that is in memory by its nature is not refused because it loses its
	 * content with the power: whoever chose it knows. Explicit requirements do count.
	 * @param assessed what the directory can promise
	 * @param filesystem the filesystem of the directory
	 * @return the guarantees below the level they need
	 */
	public List<Shortfall> shortfalls(Map<Guarantee, Assessment> assessed, Filesystem filesystem) {
		List<Shortfall> result = new ArrayList<>(0);
		for (Map.Entry<Guarantee, Assessment> entry : assessed.entrySet()) {
			Guarantee guarantee = entry.getKey();
			Assessment found = entry.getValue();
			GuaranteeLevel required = this.options.required().get(guarantee);
			if (required != null && !found.level().satisfies(required)) {
				result.add(new Shortfall(guarantee, required, found, true));
			}
			else if (isRefusedByPolicy(guarantee, found, filesystem)) {
				result.add(new Shortfall(guarantee, GuaranteeLevel.BEST_EFFORT, found, false));
			}
		}
		return result;
	}

	/**
	 * Returns what a person should know of a write that is not refused: each guarantee
	 * that is not kept under {@link SafetyPolicy#WARN}, and under
	 * {@link SafetyPolicy#STRICT} the durability that a filesystem in memory does not
	 * have.
	 * @param assessed what the directory can promise
	 * @param filesystem the filesystem of the directory
	 * @return the guarantees that are not kept there
	 */
	public List<Shortfall> warnings(Map<Guarantee, Assessment> assessed, Filesystem filesystem) {
		List<Shortfall> result = new ArrayList<>(0);
		if (this.options.safety() == SafetyPolicy.BEST_EFFORT) {
			return result;
		}
		for (Map.Entry<Guarantee, Assessment> entry : assessed.entrySet()) {
			if (isBelowSafety(entry.getKey(), entry.getValue())
					&& (this.options.safety() == SafetyPolicy.WARN || isByNature(entry.getKey(), filesystem))) {
				result.add(new Shortfall(entry.getKey(), GuaranteeLevel.BEST_EFFORT, entry.getValue(), false));
			}
		}
		return result;
	}

	/**
	 * Returns whether the safety policy refuses a level, whatever is required explicitly.
	 * @param guarantee the guarantee
	 * @param found the level that the directory can promise to the write
	 * @param filesystem the filesystem of the directory
	 * @return whether it does
	 */
	public boolean isRefusedByPolicy(Guarantee guarantee, Assessment found, Filesystem filesystem) {
		return this.options.safety() == SafetyPolicy.STRICT && isBelowSafety(guarantee, found)
				&& !isByNature(guarantee, filesystem);
	}

	private static boolean isByNature(Guarantee guarantee, Filesystem filesystem) {
		return guarantee == Guarantee.CRASH_DURABILITY && filesystem.kind() == FilesystemClass.LOCAL_POSIX_VOLATILE;
	}

	/**
	 * Returns whether the write makes use of a guarantee: of a lock only if it takes one,
	 * of a checksum only if it keeps one.
	 * @param guarantee the guarantee
	 * @return whether it matters to the write
	 */
	public boolean uses(Guarantee guarantee) {
		return switch (guarantee) {
			case ATOMIC_VISIBILITY, CRASH_DURABILITY -> true;
			case WRITER_EXCLUSION -> takesLock();
			case INTEGRITY_DETECTION -> keepsChecksum();
		};
	}

	private boolean isBelowSafety(Guarantee guarantee, Assessment found) {
		return uses(guarantee) && !found.level().satisfies(GuaranteeLevel.BEST_EFFORT);
	}

	private boolean keepsChecksum() {
		return this.options.checksum().mode() != ChecksumPolicy.Mode.NONE;
	}

	private boolean takesLock() {
		return !this.options.lock().isNone() && this.lockScope != LockScope.NONE;
	}

	/**
	 * A guarantee below the level that is needed.
	 *
	 * @param guarantee the guarantee
	 * @param required the level that is needed
	 * @param found the level that was found, with the reason
	 * @param explicit whether the level was asked for, rather than by the safety policy
	 */
	public record Shortfall(Guarantee guarantee, GuaranteeLevel required, Assessment found, boolean explicit) {

		/**
		 * Returns the words in which a write is warned.
		 * @param filesystem the filesystem that falls short
		 * @return the text
		 */
		public String warning(Filesystem filesystem) {
			return this.guarantee + " is " + this.found.level() + " on " + filesystem.type() + " at "
					+ filesystem.mountPoint() + ": " + this.found.reason();
		}

		@Override
		public String toString() {
			return this.guarantee + " must be " + this.required + " but is " + this.found.level() + " ("
					+ this.found.reason() + ")";
		}

	}

}
