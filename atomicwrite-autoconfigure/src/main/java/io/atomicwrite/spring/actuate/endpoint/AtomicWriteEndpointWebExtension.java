package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that responds with status 404 if
 * there is no directory of a name. Without it, a write operation that returns
 * {@code null} would respond with success.
 */
@EndpointWebExtension(endpoint = AtomicWriteEndpoint.class)
public class AtomicWriteEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final AtomicWriteEndpoint delegate;

	/**
	 * Creates the extension.
	 * @param delegate the endpoint
	 */
	public AtomicWriteEndpointWebExtension(AtomicWriteEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Sweeps one managed directory.
	 * @param context who sweeps
	 * @param name the name of the directory
	 * @param dryRun whether to change nothing; defaults to {@code true}
	 * @return the report, or status 404
	 */
	@WriteOperation
	public WebEndpointResponse<SweepDescriptor> sweep(SecurityContext context, @Selector String name,
			@Nullable Boolean dryRun) {
		return foundOr404(this.delegate.sweep(context, name, dryRun));
	}

	/**
	 * Restores a backup of a file, or accepts what it holds.
	 * @param context who restores
	 * @param name the name of the managed directory
	 * @param action {@code restore} or {@code accept}
	 * @param file the name of the file, in the directory
	 * @param backup the name of the backup to restore
	 * @param version the version to accept; defaults to whatever is there
	 * @return what was done, status 404 if there is no such directory or action, or
	 * status 409 with the error if it failed
	 */
	@WriteOperation
	public WebEndpointResponse<ChangeDescriptor> change(SecurityContext context, @Selector String name,
			@Selector String action, @Nullable String file, @Nullable String backup, @Nullable String version) {
		ChangeDescriptor done = this.delegate.change(context, name, action, file, backup, version);
		return (done != null && done.error() != null) ? new WebEndpointResponse<>(done, CONFLICT) : foundOr404(done);
	}

	private static <T> WebEndpointResponse<T> foundOr404(@Nullable T body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
