package io.atomicwrite.format;

import java.io.IOException;
import java.util.List;

/**
 * An edit was to keep everything that it does not change, and could not:
 * {@link Formatting#REQUIRE_MINIMAL}. Nothing was written.
 */
public final class NotMinimalException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param losses what would have been lost, each with its line
	 */
	public NotMinimalException(List<String> losses) {
		super("the change can't be made without a loss: " + String.join("; ", losses));
	}

}
