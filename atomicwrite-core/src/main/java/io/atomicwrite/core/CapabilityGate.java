package io.atomicwrite.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockScope;

/**
 * Phase 2: refuses a write that the directory can't keep the promise of, before any I/O.
 */
final class CapabilityGate {

	private final GuaranteeInspector inspector;

	private final LockScope lockScope;

	CapabilityGate(GuaranteeInspector inspector, LockScope lockScope) {
		this.inspector = inspector;
		this.lockScope = lockScope;
	}

	Grant check(Target target, WriteOptions options) throws IOException {
		GuaranteeReport report = this.inspector.inspectDirectory(target.ground());
		boolean locks = options.lock().request() != null && this.lockScope != LockScope.NONE;
		require(target, report, Capability.ATOMIC_WRITE, "a file can't be replaced in one step there");
		require(target, report, Capability.FILE_SYNC, "files can't be synced there");
		if (!options.overwrite()) {
			require(target, report, Capability.NO_CLOBBER,
					"a file can't be created there only if it is missing, which overwrite=false needs");
		}
		if (locks && this.lockScope == LockScope.HOST) {
			require(target, report, Capability.HOST_LOCK, "files can't be locked there");
		}
		List<String> warnings = new ArrayList<>(0);
		Map<Guarantee, GuaranteeLevel> levels = new EnumMap<>(Guarantee.class);
		grant(Guarantee.ATOMIC_VISIBILITY, target, report, options, levels, warnings);
		grant(Guarantee.CRASH_DURABILITY, target, report, options, levels, warnings);
		if (locks) {
			grant(Guarantee.WRITER_EXCLUSION, target, report, options, levels, warnings);
		}
		else if (options.required().containsKey(Guarantee.WRITER_EXCLUSION)) {
			throw refused(target, Guarantee.WRITER_EXCLUSION, options.required().get(Guarantee.WRITER_EXCLUSION),
					new Assessment(GuaranteeLevel.UNSUPPORTED, "the write takes no lock"), report);
		}
		return new Grant(Collections.unmodifiableMap(levels), warnings, report);
	}

	private static void require(Target target, GuaranteeReport report, Capability capability, String lack) {
		if (!report.capabilities().contains(capability)) {
			throw new CapabilityNotSupportedException(target.path(), WritePhase.GATE, capability,
					lack + " (" + report.filesystem().type() + " at " + report.filesystem().mountPoint()
							+ "); nothing was written, choose another directory");
		}
	}

	private void grant(Guarantee guarantee, Target target, GuaranteeReport report, WriteOptions options,
			Map<Guarantee, GuaranteeLevel> levels, List<String> warnings) {
		Assessment found = report.assessment(guarantee);
		if (guarantee == Guarantee.WRITER_EXCLUSION && this.lockScope == LockScope.REGISTRY) {
			found = new Assessment(found.level().weaker(GuaranteeLevel.BEST_EFFORT),
					"the lock registry excludes the threads that share it, and nobody else");
		}
		GuaranteeLevel required = options.required().get(guarantee);
		if (required != null && !found.level().satisfies(required)) {
			throw refused(target, guarantee, required, found, report);
		}
		if (!found.level().satisfies(GuaranteeLevel.BEST_EFFORT)) {
			if (options.safety() == SafetyPolicy.STRICT) {
				throw refused(target, guarantee, GuaranteeLevel.BEST_EFFORT, found, report);
			}
			if (options.safety() == SafetyPolicy.WARN) {
				warnings.add(guarantee + " is " + found.level() + " on " + report.filesystem().type() + ": "
						+ found.reason());
			}
		}
		levels.put(guarantee, found.level());
	}

	private static UnsupportedEnvironmentException refused(Target target, Guarantee guarantee, GuaranteeLevel required,
			Assessment found, GuaranteeReport report) {
		return new UnsupportedEnvironmentException(target.path(), guarantee, required, found.level(),
				guarantee + " must be " + required + " but is " + found.level() + " on " + report.filesystem().type()
						+ " at " + report.filesystem().mountPoint() + " (" + found.reason()
						+ "); nothing was written, choose another directory or relax the safety policy "
						+ "(atomicwrite.safety, atomicwrite.require)");
	}

	/**
	 * What a write was granted.
	 *
	 * @param levels the level of each guarantee
	 * @param warnings what a person should know
	 * @param report the report on the directory
	 */
	record Grant(Map<Guarantee, GuaranteeLevel> levels, List<String> warnings, GuaranteeReport report) {

		/** Whether the sync of a directory is known to reach the disk. */
		boolean directorySyncTrusted() {
			return this.report.capabilities().contains(Capability.DIRECTORY_SYNC);
		}

		/** Whether a mode that was set may silently be another. */
		boolean modeToBeVerified() {
			FilesystemClass kind = this.report.filesystem().kind();
			return kind == FilesystemClass.FUSE || kind == FilesystemClass.NETWORK || kind == FilesystemClass.UNKNOWN;
		}

		boolean keepsMode() {
			return this.report.capabilities().contains(Capability.POSIX_METADATA);
		}

		boolean keepsUserAttributes() {
			return this.report.capabilities().contains(Capability.USER_ATTRIBUTES);
		}

	}

}
