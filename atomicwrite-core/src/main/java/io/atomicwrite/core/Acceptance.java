package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ContentDigests;

/**
 * The change of an acceptance: the content stays, and what attests it is made true. The
 * sidecars and the manifest are replaced as before the commit of a write that leaves the
 * content as it is; an attribute is set in the commit itself.
 */
final class Acceptance implements Change {

	private final Site site;

	private final ContentDigests digests;

	private final Companions companions;

	/** The algorithms of the attributes to set. */
	private final Set<ChecksumAlgorithm> attributes;

	private Acceptance(Site site, ContentDigests digests, Companions companions, Set<ChecksumAlgorithm> attributes) {
		this.site = site;
		this.digests = digests;
		this.companions = companions;
		this.attributes = attributes;
	}

	/** Reads the content under the lease; what makes its companions is given. */
	static Acceptance of(Site site, CompanionsOf companions) throws IOException {
		Place place = site.place();
		if (!place.hasContent()) {
			throw new TargetMissingException(place.path(),
					Problem.of("can't be accepted: No such file or directory", Remedy.CORRECT_PATH), null);
		}
		ContentDigests digests = new ContentDigests();
		digests.require(ChecksumAlgorithm.SHA_256);
		Set<ChecksumAlgorithm> attributes = attributes(site, digests);
		Companions made = companions.of(digests);
		if (attributes.isEmpty() && !made.isNeeded()) {
			throw new ChecksumMissingException(place.path(),
					"has no checksum that could be renewed, neither in a sidecar nor in an attribute, and no manifest");
		}
		try (InputStream content = place.directory().openRead(place.name())) {
			digests.update(content);
		}
		digests.finish();
		return new Acceptance(site, digests, made, attributes);
	}

	/** Those that the file has, and the one that the options ask for. */
	private static Set<ChecksumAlgorithm> attributes(Site site, ContentDigests digests) throws IOException {
		Set<ChecksumAlgorithm> found = new LinkedHashSet<>();
		for (String attribute : site.place().directory().userAttributes(site.place().name()).keySet()) {
			ChecksumAlgorithm.ofAttribute(attribute).ifPresent(found::add);
		}
		ChecksumPolicy policy = site.options().checksum();
		if (policy.mode() == ChecksumPolicy.Mode.ATTRIBUTE) {
			found.add(policy.algorithm());
		}
		found.forEach(digests::require);
		return found;
	}

	@Override
	public Site site() {
		return this.site;
	}

	@Override
	public Companions companions() {
		return this.companions;
	}

	/** Whoever edited the file may not have synced it, and it must not be lost now. */
	@Override
	public void sync() throws IOException {
		this.site.operation().enter(WritePhase.SYNC);
		this.site.place().syncContent();
	}

	/** Only what was read is accepted: an editor ignores leases. */
	@Override
	public void confirm() throws IOException {
		Place place = this.site.place();
		if (place.existing() == null || !place.existing().equals(place.directory().stat(place.name()))) {
			throw new TargetRejectedException(place.path(), WritePhase.COMMIT, Reason.CHANGED,
					Problem.of("was changed while it was accepted", Remedy.TRY_AGAIN));
		}
	}

	@Override
	public void commit() throws IOException {
		for (ChecksumAlgorithm algorithm : this.attributes) {
			Checksum found = this.digests.of(algorithm);
			if (found != null) {
				this.site.place()
					.directory()
					.setUserAttribute(this.site.place().name(), algorithm.attribute(),
							found.hex().getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	@Override
	public void dropOldName() {
		// the file keeps its name
	}

	@Override
	public void settle() throws IOException {
		if (!this.attributes.isEmpty()) {
			this.site.place().syncContent();
		}
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, this.digests, this.digests.size(), null, MetadataReport.NEW_FILE);
	}

	/** Makes what stands beside the target of its digests. */
	@FunctionalInterface
	interface CompanionsOf {

		Companions of(ContentDigests digests) throws IOException;

	}

}
