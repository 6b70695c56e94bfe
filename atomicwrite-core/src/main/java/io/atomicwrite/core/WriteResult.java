package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param target the file that was written, links resolved
 * @param size the number of bytes
 * @param digest the SHA-256 of the content if it was asked for, else {@code null}
 * @param checksum the checksum that was kept, or {@code null} if none was asked for
 * @param backup where the old content was kept, or {@code null} if it was not
 * @param outcome {@link WriteOutcome#DURABLE}, or
 * {@link WriteOutcome#VISIBLE_NOT_DURABLE} if the safety policy allows that
 * @param granted the level of each guarantee that the write was given
 * @param metadata what of the old file is not on the new one
 * @param warnings what a person should know, if the safety policy is to warn
 * @param timings the time of each phase that ran
 */
public record WriteResult(Path target, long size, @Nullable String digest, @Nullable Checksum checksum,
		@Nullable Path backup, WriteOutcome outcome, Map<Guarantee, GuaranteeLevel> granted, MetadataReport metadata,
		List<String> warnings, Map<WritePhase, Duration> timings) {

	/**
	 * Returns the version of the new content.
	 * @return the version, if the digest was asked for
	 */
	public Optional<Version> version() {
		return Optional.ofNullable(this.digest).map(Version::parse);
	}

}
