package io.atomicwrite.spring.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Says over HTTP that there is no directory of a name, where a write operation that
 * returns nothing would say that it is done.
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
	 * @param dryRun whether to change nothing, which is the default
	 * @return what was done, or status 404
	 */
	@WriteOperation
	public WebEndpointResponse<SweepDescriptor> sweep(@Selector String name, @Nullable Boolean dryRun) {
		SweepDescriptor swept = this.delegate.sweep(name, dryRun);
		return (swept != null) ? new WebEndpointResponse<>(swept)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
