package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

import io.atomicwrite.Capability;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.FilesystemClass;
import io.atomicwrite.guarantee.GuaranteeInspector;
import io.atomicwrite.guarantee.GuaranteeReport;
import org.jspecify.annotations.Nullable;

/**
 * Diagnoses a directory: inspects it and, on request, tries every step of a write in it.
 * The names of the files that it creates begin with {@code .atomicwrite-probe-}; they are
 * deleted again, and no other file is touched. Thread-safe.
 */
public final class Doctor {

	private final FileOps files;

	private final GuaranteeInspector inspector;

	private final LongSupplier tokens;

	private final InstantSource clock;

	/**
	 * Creates a doctor.
	 * @param files the file operations
	 * @param inspector determines the guarantees of a directory
	 * @param tokens supplies a unique token for the names of the probe files of a
	 * diagnosis
	 * @param clock the clock that file times are compared with
	 */
	public Doctor(FileOps files, GuaranteeInspector inspector, LongSupplier tokens, InstantSource clock) {
		this.files = files;
		this.inspector = inspector;
		this.tokens = tokens;
		this.clock = clock;
	}

	/**
	 * Diagnoses a directory.
	 * @param path a directory, or a file in it that need not exist
	 * @param options whether to probe, and the levels to require
	 * @return the findings; a directory that is missing or not writable is a finding, not
	 * an error
	 * @throws IOException if the nearest existing directory can't be determined
	 */
	public DoctorReport diagnose(Path path, DoctorOptions options) throws IOException {
		Path absolute = path.toAbsolutePath();
		Path directory = this.inspector.directoryOf(absolute);
		GuaranteeReport report = this.inspector.inspectDirectory(directory);
		Findings findings = new Findings(report);
		Looks looks = new Looks(this.files, directory, findings);
		boolean usable = looks.exists(absolute);
		usable &= looks.writable();
		looks.guarantees(report, options);
		looks.space();
		looks.nameLimit();
		looks.nfsClient();
		if (options.probe() && usable && canBeWritten(report)) {
			probe(directory, findings);
		}
		else {
			String why = options.probe() ? "not probed: files can't be created there" : "not probed";
			nothingTried(findings, why, options.probe() ? null : "run the diagnosis with probing enabled");
		}
		return new DoctorReport(directory, report, findings.inOrder());
	}

	/** Excludes pseudo filesystems: creating a file there is a command to the kernel. */
	private static boolean canBeWritten(GuaranteeReport report) {
		boolean pseudo = report.filesystem().kind() == FilesystemClass.UNKNOWN
				&& !report.capabilities().contains(Capability.ATOMIC_WRITE);
		return !pseudo && report.filesystem().kind() != FilesystemClass.READ_ONLY;
	}

	private static void nothingTried(Findings findings, String why, @Nullable String remedy) {
		for (Code code : Code.values()) {
			if (code.needsProbe() && code != Code.PROBE_CLEANUP && !findings.has(code)) {
				findings.unknown(code, why, remedy);
			}
		}
	}

	private void probe(Path directory, Findings findings) {
		try (Directory open = this.files.open(directory)) {
			probe(open, findings);
		}
		catch (IOException ex) {
			nothingTried(findings, "not probed: the directory can't be opened: " + IoErrors.text(ex), null);
		}
	}

	private void probe(Directory directory, Findings findings) {
		ProbeFiles probes = new ProbeFiles(this.files, directory, this.tokens.getAsLong());
		try {
			new FileProbes(probes, findings, this.clock).run();
			findings.attempt(Code.READER_NEVER_MISSES, "choose a directory on another filesystem",
					new ReaderProbe(probes)::run);
			new LockProbe(probes, findings).run();
			nothingTried(findings, "could not be probed", null);
		}
		finally {
			Set<Path> left = probes.deleteAll();
			if (left.isEmpty()) {
				findings.ok(Code.PROBE_CLEANUP, "every probe file was deleted");
			}
			else {
				findings.failed(Code.PROBE_CLEANUP, "could not be deleted: " + left, "delete them by hand");
			}
		}
	}

}
