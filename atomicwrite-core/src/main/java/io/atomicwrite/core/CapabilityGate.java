package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;

/**
 * Phase 2: refuses a write that the directory can't keep the promise of, before any I/O.
 */
final class CapabilityGate {

	private final FileOps files;

	private final GuaranteeInspector inspector;

	private final LockScope lockScope;

	private final boolean linearizable;

	private final boolean lockBeside;

	private final DirectoryRequirements directories;

	private final WriteListener listener;

	private final CompanionNames companions;

	private final WarnedMounts warned = new WarnedMounts();

	CapabilityGate(FileOps files, GuaranteeInspector inspector, LockRegistry locks, DirectoryRequirements directories,
			WriteListener listener, CompanionNames companions) {
		this.files = files;
		this.inspector = inspector;
		this.lockScope = locks.scope();
		this.linearizable = locks.linearizable();
		this.lockBeside = locks.leaseMarksWriter();
		this.directories = directories;
		this.listener = listener;
		this.companions = companions;
	}

	/**
	 * Refuses what these file operations can do in no directory, before a single call of
	 * them (AW-002).
	 */
	void requireAtomicWrite(Path target) {
		if (!this.files.capabilities().contains(Capability.ATOMIC_WRITE)) {
			throw new CapabilityNotSupportedException(target, WritePhase.GATE, Capability.ATOMIC_WRITE,
					Problem.of("these file operations can't replace a file in one step", Remedy.OTHER_FILE_OPERATIONS));
		}
	}

	Grant check(Target target, WriteOptions options) throws IOException {
		GuaranteeReport report = this.inspector.inspectDirectory(target.ground());
		WriteRequirements requirements = new WriteRequirements(options, this.lockScope, this.linearizable)
			.and(this.directories.levels(target.path()));
		for (Capability missing : requirements.lacking(report)) {
			refuse(target, missing, report.filesystem());
		}
		Map<Guarantee, Assessment> assessed = requirements.assess(report);
		List<Shortfall> shortfalls = requirements.shortfalls(assessed, report.filesystem());
		if (!shortfalls.isEmpty()) {
			throw refused(target, shortfalls.get(0), report.filesystem(), requirements);
		}
		return new Grant(granted(assessed, requirements), warnings(target, report, requirements, assessed), report);
	}

	private Warnings warnings(Target target, GuaranteeReport report, WriteRequirements requirements,
			Map<Guarantee, Assessment> assessed) throws IOException {
		Filesystem filesystem = report.filesystem();
		Warnings warnings = new Warnings(target.path(), this.listener);
		for (Shortfall shortfall : requirements.warnings(assessed, filesystem)) {
			String text = shortfall.warning(filesystem);
			if (requirements.options().safety() == SafetyPolicy.STRICT) {
				warnings.addOfMount(text, filesystem, this.warned.isFirst(target.ground().mount()));
			}
			else {
				warnings.add(text);
			}
		}
		if (requirements.options().safety() != SafetyPolicy.BEST_EFFORT && this.companions == CompanionNames.VISIBLE) {
			IncludeDirectory.warning(target.path(), requirements.options(), this.lockBeside).ifPresent(warnings::add);
		}
		return warnings;
	}

	/** rename(2), EXDEV: two mounts of one filesystem are as good as two filesystems. */
	void requireSameFilesystem(Target source, Target target) throws IOException {
		FileStat from = this.files.stat(source.ground().path());
		FileStat to = this.files.stat(target.ground().path());
		boolean sameDevice = from == null || to == null || from.device() == to.device();
		if (!sameDevice || !source.ground().mount().point().equals(target.ground().mount().point())) {
			throw new CrossDeviceException(target.path(), WritePhase.GATE, Problem
				.of("is on another filesystem than " + source.path() + ", and no move between the two is atomic",
						Remedy.SAME_FILESYSTEM)
				.at(source.path()), null);
		}
	}

	private static void refuse(Target target, Capability missing, Filesystem filesystem) {
		String lack = switch (missing) {
			case ATOMIC_WRITE -> "a file can't be replaced in one step there";
			case NO_CLOBBER ->
				"a file can't be created there only if it is missing, which a write that does not overwrite needs";
			case FILE_SYNC -> "files can't be synced there";
			case HOST_LOCK -> "files can't be locked there";
			case USER_ATTRIBUTES -> "files can't have the extended attribute that is to hold the checksum there";
			default -> missing + " is missing there";
		};
		throw new CapabilityNotSupportedException(target.path(), WritePhase.GATE, missing,
				Problem.of(lack + " (" + filesystem.type() + " at " + filesystem.mountPoint() + ")", remedy(missing)));
	}

	private static Remedy remedy(Capability missing) {
		return switch (missing) {
			case NO_CLOBBER -> Remedy.CHOOSE_DIRECTORY_OR_OVERWRITE;
			case HOST_LOCK -> Remedy.LOCK_ELSEWHERE;
			case USER_ATTRIBUTES -> Remedy.CHOOSE_DIRECTORY_OR_SIDECAR;
			default -> Remedy.CHOOSE_DIRECTORY;
		};
	}

	private static Map<Guarantee, GuaranteeLevel> granted(Map<Guarantee, Assessment> assessed,
			WriteRequirements requirements) {
		Map<Guarantee, GuaranteeLevel> levels = new EnumMap<>(Guarantee.class);
		for (Map.Entry<Guarantee, Assessment> entry : assessed.entrySet()) {
			if (requirements.uses(entry.getKey())) {
				levels.put(entry.getKey(), entry.getValue().level());
			}
		}
		return Collections.unmodifiableMap(levels);
	}

	private static UnsupportedEnvironmentException refused(Target target, Shortfall shortfall, Filesystem filesystem,
			WriteRequirements requirements) {
		Assessment found = shortfall.found();
		Problem problem = Problem.of(
				shortfall.guarantee() + " must be " + shortfall.required() + " but is " + found.level() + " on "
						+ filesystem.type() + " at " + filesystem.mountPoint() + " (" + found.reason() + ")",
				remedy(shortfall, requirements, filesystem));
		return new UnsupportedEnvironmentException(target.path(), shortfall.guarantee(), shortfall.required(),
				found.level(), isReadOnlyMount(filesystem) ? problem.causedBy(IoErrorKind.READ_ONLY) : problem);
	}

	/** As opposed to a filesystem that can't be written at all. */
	private static boolean isReadOnlyMount(Filesystem filesystem) {
		return !filesystem.isReadOnlyByDesign()
				&& (filesystem.options().contains("ro") || filesystem.options().contains("emergency_ro"));
	}

	/** No other directory helps a write that does without. */
	private static Remedy remedy(Shortfall shortfall, WriteRequirements requirements, Filesystem filesystem) {
		Guarantee guarantee = shortfall.guarantee();
		if (filesystem.kind() == FilesystemClass.READ_ONLY) {
			// no policy makes it writable
			return isReadOnlyMount(filesystem) ? Remedy.REMOUNT_WRITABLE : Remedy.CHOOSE_DIRECTORY;
		}
		if (requirements.uses(guarantee)) {
			return shortfall.explicit() ? Remedy.REQUIRE_LESS : Remedy.RELAX_SAFETY;
		}
		return (guarantee == Guarantee.INTEGRITY_DETECTION) ? Remedy.KEEP_CHECKSUM : Remedy.TAKE_LOCK;
	}

	/**
	 * What a write was granted.
	 *
	 * @param levels the level of each guarantee
	 * @param warnings what a person should know
	 * @param report the report on the directory
	 */
	record Grant(Map<Guarantee, GuaranteeLevel> levels, Warnings warnings, GuaranteeReport report) {

		/** Whether a sync reaches anything but memory. */
		boolean canBeDurable() {
			return this.report.filesystem().kind() != FilesystemClass.LOCAL_POSIX_VOLATILE;
		}

		/** Whether the sync of a directory is known to reach the disk. */
		boolean directorySyncTrusted() {
			return this.report.capabilities().contains(Capability.DIRECTORY_SYNC);
		}

		/**
		 * Whether no change of a name survives a crash without those before it, and
		 * without what the disk had before it.
		 */
		boolean keepsOrder() {
			return this.report.filesystem().keepsOrder();
		}

		/** Whether only this host changes the directory. */
		boolean isLocal() {
			return switch (this.report.filesystem().kind()) {
				case LOCAL_POSIX_PERSISTENT, LOCAL_POSIX_VOLATILE, OVERLAY, LOCAL_WINDOWS, READ_ONLY -> true;
				case NETWORK, FUSE, UNKNOWN -> false;
			};
		}

		/** Whether a mode that was set may silently be another. */
		boolean modeToBeVerified() {
			return !isLocal();
		}

		boolean keepsMode() {
			return this.report.capabilities().contains(Capability.POSIX_METADATA);
		}

		boolean keepsUserAttributes() {
			return this.report.capabilities().contains(Capability.USER_ATTRIBUTES);
		}

	}

}
