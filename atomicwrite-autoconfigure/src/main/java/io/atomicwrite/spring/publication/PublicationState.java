package io.atomicwrite.spring.publication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.publication.PublishedVersion;

/**
 * What was found when a publication was looked at. Immutable.
 *
 * @param looked when; empty if it was never looked at with success
 * @param versions its versions, the oldest first
 * @param latestSize the size in bytes of the version that {@code latest} names, or 0
 * @param problem why the last look failed; empty if it did not
 */
public record PublicationState(Optional<Instant> looked, List<Version> versions, long latestSize, String problem) {

	static final PublicationState UNKNOWN = new PublicationState(Optional.empty(), List.of(), 0, "");

	/**
	 * Creates a state.
	 */
	public PublicationState {
		versions = List.copyOf(versions);
	}

	/**
	 * Returns the version that {@code latest} names.
	 * @return the version, empty if nothing is published
	 */
	public Optional<PublishedVersion> latest() {
		return this.versions.stream().map(Version::version).filter(PublishedVersion::latest).findFirst();
	}

	PublicationState withProblem(String text) {
		return new PublicationState(this.looked, this.versions, this.latestSize, text);
	}

	/**
	 * A version and its readers.
	 *
	 * @param version the version
	 * @param readers how many leases of it this application had
	 */
	public record Version(PublishedVersion version, int readers) {
	}

}
