package io.atomicwrite.spring.autoconfigure;

import java.util.function.Supplier;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration.DirectoryStart;
import io.atomicwrite.spring.directory.ManagedDirectories;

/**
 * What the start of an application does where something is configured: it fails on values
 * that would fail later, and prepares the managed directories.
 */
final class ConfiguredStart {

	private final AtomicWriteProperties properties;

	private final ManagedDirectories directories;

	private final AtomicWriteInfrastructure infrastructure;

	private final Supplier<DirectoryStart> start;

	ConfiguredStart(AtomicWriteProperties properties, ManagedDirectories directories,
			AtomicWriteInfrastructure infrastructure, Supplier<DirectoryStart> start) {
		this.properties = properties;
		this.directories = directories;
		this.infrastructure = infrastructure;
		this.start = start;
	}

	void run() {
		PropertiesTimeouts timeouts = new PropertiesTimeouts(this.properties);
		timeouts.look();
		timeouts.startup();
		PropertiesHousekeeping housekeeping = new PropertiesHousekeeping(this.properties);
		housekeeping.options();
		housekeeping.recovery();
		if (this.properties.housekeeping().enabled()) {
			housekeeping.interval();
		}
		new PropertiesPublications(this.properties, this.directories).get();
		new PropertiesWriteOptions(this.properties).get();
		// creates the template and its locks
		this.infrastructure.operations();
		if (!this.directories.all().isEmpty()) {
			this.start.get().run();
		}
	}

}
