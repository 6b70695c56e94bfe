package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of what a rollback has done.
 *
 * @param publication the name of the publication
 * @param version the version that {@code latest} names now, absent if it failed
 * @param error why it failed
 */
public record RollbackDescriptor(String publication, @Nullable String version,
		@Nullable String error) implements OperationResponseBody {
}
