package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.Nullable;

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
	 * @param name its name
	 * @param dryRun whether to change nothing; defaults to {@code true}
	 * @return the report, or status 404
	 */
	@WriteOperation
	public WebEndpointResponse<SweepDescriptor> sweep(@Selector String name, @Nullable Boolean dryRun) {
		SweepDescriptor swept = this.delegate.sweep(name, dryRun);
		return (swept != null) ? new WebEndpointResponse<>(swept)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
