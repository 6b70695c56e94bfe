package io.atomicwrite.spring.config;

import io.atomicwrite.spring.config.AtomicFileConfigDataResource.Place;

/**
 * A configuration file can't be imported, so the application does not start. Has the
 * words for the person who starts it, and no value of the file.
 */
final class ConfigImportException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	ConfigImportException(String description, String action) {
		super(description);
		this.action = action;
	}

	static ConfigImportException ofLocation(Place place, String reason, String action) {
		return new ConfigImportException("The config data location " + place + " is not valid: " + reason, action);
	}

	static ConfigImportException ofDirectory(Place place, String directory) {
		return ofLocation(place, "'" + directory + "' is a directory.",
				"Import each file of it by its name. A directory with one file for each property is imported with "
						+ "configtree:.");
	}

	/** What happened, as one or more lines. */
	String description() {
		return String.valueOf(getMessage());
	}

	/** What to do about it. */
	String action() {
		return this.action;
	}

}
