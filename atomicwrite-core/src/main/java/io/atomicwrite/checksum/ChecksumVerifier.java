package io.atomicwrite.checksum;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.jspecify.annotations.Nullable;

/**
 * Holds files against their checksums. What a writer replaces meanwhile is no damage: a
 * pair that does not match is read again, and in the end under the lease.
 */
public final class ChecksumVerifier {

	private static final int ATTEMPTS = 5;

	private static final int BUFFER = 64 * 1024;

	private static final long PAUSE_NANOS = 500_000L;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final FileOps files;

	private final LockRegistry locks;

	private final ChecksumAlgorithm configured;

	private final CompanionNames companions;

	/**
	 * Creates a verifier.
	 * @param files the file operations
	 * @param locks the registry of the writers
	 * @param configured the algorithm whose sidecar is preferred
	 * @param companions the spelling that is preferred; a sidecar of the other is found
	 * too
	 */
	public ChecksumVerifier(FileOps files, LockRegistry locks, ChecksumAlgorithm configured,
			CompanionNames companions) {
		this.files = files;
		this.locks = locks;
		this.configured = configured;
		this.companions = companions;
	}

	/**
	 * Reads a file and verifies what was read.
	 * @param file the file; links are followed
	 * @return the content and what attests it
	 * @throws IOException if the file can't be read
	 */
	public Verified read(Path file) throws IOException {
		return verified(file, true);
	}

	/**
	 * Verifies a file in constant memory.
	 * @param file the file; links are followed
	 * @return what attests its content
	 * @throws IOException if the file can't be read
	 */
	public ChecksumInfo verify(Path file) throws IOException {
		return verified(file, false).info;
	}

	private Verified verified(Path file, boolean keep) throws IOException {
		// a sidecar lies beside the file that links lead to
		Path canonical = this.files.canonical(file);
		for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
			Attempt found = attempt(canonical, keep);
			if (found.verified != null) {
				return found.verified;
			}
			if (found.info == null) {
				throw found.failure(file);
			}
			LockSupport.parkNanos(PAUSE_NANOS << attempt);
		}
		try (LockLease lease = leaseOrNone(canonical)) {
			Attempt last = attempt(canonical, keep);
			if (last.verified != null) {
				return last.verified;
			}
			throw last.failure(file);
		}
	}

	/** Who may not create a lock file has tried often enough without. */
	private LockLease leaseOrNone(Path file) {
		try {
			return this.locks.acquire(CanonicalTarget.of(this.files, file).path(), LockRequest.waitUpTo(PATIENCE));
		}
		catch (AtomicWriteException | IOException ex) {
			return LockLease.none(file);
		}
	}

	/**
	 * The file is opened before its sidecar is read: a sidecar is replaced before its
	 * file is, so it says of an older content only if two writes come between.
	 */
	private Attempt attempt(Path file, boolean keep) throws IOException {
		ChecksumInfo attribute = attribute(file);
		try (InputStream in = this.files.openRead(file)) {
			List<ChecksumInfo> infos = new ArrayList<>(sidecars(file));
			if (attribute != null) {
				infos.add(attribute);
			}
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			if (infos.isEmpty()) {
				return new Attempt(null, null, null);
			}
			ChecksumInfo first = infos.get(0);
			Checksum found = digest(in, first.current().algorithm(), keep ? content : OutputStream.nullOutputStream());
			boolean attested = first.attests(found) || attestedByNow(file, first, found);
			return new Attempt(attested ? new Verified(content.toByteArray(), first) : null, first, found);
		}
	}

	/** An attribute belongs to the file of its name, which may be another by now. */
	private boolean attestedByNow(Path file, ChecksumInfo info, Checksum found) throws IOException {
		ChecksumInfo now = info.location().equals(file) ? attribute(file) : null;
		return now != null && now.current().algorithm().equals(found.algorithm()) && now.attests(found);
	}

	private static Checksum digest(InputStream in, ChecksumAlgorithm algorithm, OutputStream copy) throws IOException {
		MessageDigest digest = algorithm.newDigest();
		byte[] buffer = new byte[BUFFER];
		for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
			digest.update(buffer, 0, read);
			copy.write(buffer, 0, read);
		}
		return Checksum.of(algorithm, digest);
	}

	/**
	 * Returns what the sidecars of a file record, that of the configured algorithm first.
	 * @param canonical the file, without links
	 * @return the records
	 * @throws IOException if the sidecars can't be read
	 */
	public List<ChecksumInfo> sidecars(Path canonical) throws IOException {
		List<ChecksumInfo> found = new ArrayList<>(1);
		Path name = canonical.getFileName();
		Path parent = canonical.getParent();
		if (name == null || parent == null) {
			return found;
		}
		try (Directory directory = this.files.open(parent)) {
			for (SidecarName candidate : SidecarName.all(directory, name.toString(),
					Sidecars.candidates(this.configured), this.companions)) {
				Sidecar sidecar = candidate.parse(Sidecars.read(directory, candidate.name()));
				if (sidecar != null) {
					found.add(new ChecksumInfo(canonical, directory.path(candidate.name()), sidecar.current(),
							sidecar.previous()));
				}
			}
		}
		return found;
	}

	/**
	 * Returns what the attribute of a file records.
	 * @param file the file
	 * @return the record, or {@code null} if there is none
	 * @throws IOException if the attributes can't be read
	 */
	public @Nullable ChecksumInfo attribute(Path file) throws IOException {
		Checksum found = Sidecar.parseAttributes(this.files.userAttributes(file));
		return (found != null) ? new ChecksumInfo(file, file, found, null) : null;
	}

	/**
	 * Content that was read and is attested.
	 * 
	 * @param content the bytes, empty if they were not to be kept
	 * @param info what attests them
	 */
	public record Verified(byte[] content, ChecksumInfo info) {
	}

	private record Attempt(@Nullable Verified verified, @Nullable ChecksumInfo info, @Nullable Checksum found) {

		AtomicWriteException failure(Path file) {
			if (this.info == null || this.found == null) {
				return new ChecksumMissingException(file,
						"has no checksum, neither in a sidecar beside it nor in an attribute");
			}
			return new ChecksumMismatchException(file, this.info.location(), this.info.current().hex(),
					this.found.hex());
		}

	}

}
