package io.atomicwrite.spring.autoconfigure;

import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.housekeeping.DirectoryRecovery;
import io.atomicwrite.spring.housekeeping.ScheduledHousekeeper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures housekeeping of the managed directories, both on demand and scheduled.
 */
@Configuration(proxyBeanMethods = false)
class HousekeepingConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Housekeeper atomicwriteHousekeeper(LockRegistry locks, ObjectProvider<FileOps> files,
			ObjectProvider<InstantSource> clock) {
		return new Housekeeper(files.getIfUnique(FileOps::system), locks, clock.getIfUnique(InstantSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	Recovery atomicwriteRecovery(LockRegistry locks, ObjectProvider<FileOps> files,
			ObjectProvider<InstantSource> clock) {
		return new Recovery(files.getIfUnique(FileOps::system), locks, clock.getIfUnique(InstantSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryHousekeeping atomicwriteDirectoryHousekeeping(AtomicWriteProperties properties, Housekeeper housekeeper,
			Recovery recovery, ObjectProvider<SweepListener> listeners) {
		PropertiesHousekeeping configured = new PropertiesHousekeeping(properties);
		RecoveryOptions options = configured.recovery();
		return new DirectoryHousekeeping(housekeeper, configured.options(), listeners.orderedStream().toList(),
				(options != null) ? new DirectoryRecovery(recovery, options) : null);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "atomicwrite.housekeeping.enabled", matchIfMissing = true)
	ScheduledHousekeeper atomicwriteScheduledHousekeeper(AtomicWriteProperties properties,
			ManagedDirectories directories, DirectoryHousekeeping housekeeping) {
		return new ScheduledHousekeeper(directories, housekeeping, new PropertiesHousekeeping(properties).interval(),
				properties.housekeeping().onStartup());
	}

}
