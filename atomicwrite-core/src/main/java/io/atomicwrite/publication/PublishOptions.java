package io.atomicwrite.publication;

import java.util.Optional;

import io.atomicwrite.isolation.SyncFlight;
import io.atomicwrite.manifest.Stamp;

/**
 * How to publish. Immutable.
 *
 * @param version the name of the version; empty for one that is made of the time
 * @param stamp where the content comes from, for the manifest
 * @param pointer how {@code latest} names the version
 * @param retention what is swept afterwards; empty for nothing
 * @param syncsInFlight how many syncs of files wait for the disk at a time, 1 to 256; all
 * but one wait in threads that begin and end with the call
 */
public record PublishOptions(Optional<String> version, Stamp stamp, PointerKind pointer, Optional<Retention> retention,
		int syncsInFlight) {

	private static final PublishOptions DEFAULTS = new PublishOptions(Optional.empty(), Stamp.empty(), PointerKind.LINK,
			Optional.empty(), SyncFlight.USUAL);

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if the number of syncs is out of its range
	 */
	public PublishOptions {
		SyncFlight.require(syncsInFlight);
	}

	/**
	 * Returns options that publish under a name made of the time, behind a symbolic link,
	 * and sweep nothing.
	 * @return the options
	 */
	public static PublishOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these options with a name of the version.
	 * @param name the name
	 * @return the options
	 */
	public PublishOptions withVersion(String name) {
		return new PublishOptions(Optional.of(name), this.stamp, this.pointer, this.retention, this.syncsInFlight);
	}

	/**
	 * Returns these options with another stamp.
	 * @param value where the content comes from
	 * @return the options
	 */
	public PublishOptions withStamp(Stamp value) {
		return new PublishOptions(this.version, value, this.pointer, this.retention, this.syncsInFlight);
	}

	/**
	 * Returns these options with another kind of pointer.
	 * @param kind the kind
	 * @return the options
	 */
	public PublishOptions withPointer(PointerKind kind) {
		return new PublishOptions(this.version, this.stamp, kind, this.retention, this.syncsInFlight);
	}

	/**
	 * Returns these options with a retention.
	 * @param value what is swept after the version was published
	 * @return the options
	 */
	public PublishOptions withRetention(Retention value) {
		return new PublishOptions(this.version, this.stamp, this.pointer, Optional.of(value), this.syncsInFlight);
	}

	/**
	 * Returns these options with another number of syncs in flight.
	 * @param count how many syncs of files wait for the disk at a time
	 * @return the options
	 */
	public PublishOptions withSyncsInFlight(int count) {
		return new PublishOptions(this.version, this.stamp, this.pointer, this.retention, count);
	}

}
