package io.atomicwrite.spring.actuate.endpoint;

import io.atomicwrite.WriteOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of what a restore or an acceptance has done.
 *
 * @param path the file
 * @param action {@code restore} or {@code accept}
 * @param outcome the outcome, absent if it failed
 * @param version the version of the content that counts now, absent if it is not known
 * @param backup the backup of what was replaced, if one was made
 * @param error why it failed, with the remedy
 */
public record ChangeDescriptor(String path, String action, @Nullable WriteOutcome outcome, @Nullable String version,
		@Nullable String backup, @Nullable String error) implements OperationResponseBody {
}
