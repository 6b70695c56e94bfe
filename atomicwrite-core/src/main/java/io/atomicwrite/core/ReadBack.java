package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;

import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.StagingFile;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ContentDigests;

/**
 * Compares a staging file with what was written to it, before it takes the place of the
 * target.
 */
final class ReadBack {

	private ReadBack() {
	}

	static void require(Site site, StagingFile staging, ContentDigests written) throws IOException {
		InputStream in = staging.directory().openRead(staging.name());
		// fcntl(2): closing it drops the lock that shows that the writer lives
		site.undo().always(in::close);
		if (!Checksum.of(ChecksumAlgorithm.SHA_256, in).equals(written.of(ChecksumAlgorithm.SHA_256))) {
			throw new WriteFailedException(site.place().path(), WritePhase.SYNC, WriteOutcome.NOT_COMMITTED,
					Problem.of("what was read back is not what was written", Remedy.CHECK_DEVICE), null);
		}
	}

}
