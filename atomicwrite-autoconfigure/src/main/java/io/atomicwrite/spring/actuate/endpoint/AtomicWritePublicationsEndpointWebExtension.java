package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that responds with status 404 if
 * there is no publication of a name. Without it, a write operation that returns
 * {@code null} would respond with success.
 */
@EndpointWebExtension(endpoint = AtomicWritePublicationsEndpoint.class)
public class AtomicWritePublicationsEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final AtomicWritePublicationsEndpoint delegate;

	/**
	 * Creates the extension.
	 * @param delegate the endpoint
	 */
	public AtomicWritePublicationsEndpointWebExtension(AtomicWritePublicationsEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Moves {@code latest} to another version.
	 * @param context who does so
	 * @param name the name of the publication
	 * @param version the version; defaults to the one before that which it names
	 * @return what was done, status 404 if there is no such publication, or status 409
	 * with the error if it failed
	 */
	@WriteOperation
	public WebEndpointResponse<RollbackDescriptor> rollback(SecurityContext context, @Selector String name,
			@Nullable String version) {
		RollbackDescriptor done = this.delegate.rollback(context, name, version);
		if (done == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return (done.error() != null) ? new WebEndpointResponse<>(done, CONFLICT) : new WebEndpointResponse<>(done);
	}

}
