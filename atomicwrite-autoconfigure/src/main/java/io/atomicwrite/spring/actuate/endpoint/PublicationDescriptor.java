package io.atomicwrite.spring.actuate.endpoint;

import java.time.Instant;
import java.util.List;

import io.atomicwrite.spring.publication.PublicationState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a publication.
 *
 * @param path the directory of its versions
 * @param latest the version that {@code latest} names, absent if nothing is published
 * @param bytes the size of that version in bytes, 0 if nothing is published
 * @param versions its versions, the oldest first
 * @param looked when it was looked at, absent if that never succeeded
 * @param problem why it can't be looked at
 */
public record PublicationDescriptor(String path, @Nullable String latest, long bytes, List<VersionDescriptor> versions,
		@Nullable Instant looked, @Nullable String problem) implements OperationResponseBody {

	static PublicationDescriptor of(String path, PublicationState state, String problem) {
		List<VersionDescriptor> versions = state.versions().stream().map(VersionDescriptor::of).toList();
		String why = problem.isEmpty() ? state.problem() : problem;
		return new PublicationDescriptor(path, state.latest().map((version) -> version.name()).orElse(null),
				state.latestSize(), versions, state.looked().orElse(null), why.isEmpty() ? null : why);
	}

	/**
	 * Description of a version.
	 *
	 * @param name its name
	 * @param published when it was published
	 * @param latest whether {@code latest} names it
	 * @param readers how many readers of this application have it open
	 */
	public record VersionDescriptor(String name, Instant published, boolean latest, int readers) {

		static VersionDescriptor of(PublicationState.Version version) {
			return new VersionDescriptor(version.version().name(), version.version().published(),
					version.version().latest(), version.readers());
		}

	}

}
