package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;

import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.housekeeping.DirectoryRecovery;
import io.atomicwrite.spring.housekeeping.ScheduledHousekeeper;
import io.atomicwrite.spring.housekeeping.SweepSchedule;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configures housekeeping of the managed directories, both on demand and scheduled.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class HousekeepingConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Housekeeper atomicwriteHousekeeper(AtomicWriteInfrastructure infrastructure) {
		return new Housekeeper(infrastructure.files(), infrastructure.locks(), infrastructure.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	Recovery atomicwriteRecovery(AtomicWriteInfrastructure infrastructure) {
		return new Recovery(infrastructure.files(), infrastructure.locks(), infrastructure.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryHousekeeping atomicwriteDirectoryHousekeeping(AtomicWriteProperties properties, Housekeeper housekeeper,
			Recovery recovery, ObjectProvider<SweepListener> listeners, AtomicWriteInfrastructure infrastructure) {
		PropertiesHousekeeping configured = new PropertiesHousekeeping(properties);
		RecoveryOptions options = configured.recovery();
		return new DirectoryHousekeeping(housekeeper, configured.options(), listeners.orderedStream().toList(),
				(options != null) ? new DirectoryRecovery(recovery, options) : null, infrastructure.clock());
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "atomicwrite.housekeeping.enabled", matchIfMissing = true)
	ScheduledHousekeeper atomicwriteScheduledHousekeeper(Demand demand, ObjectProvider<SweepSchedule> schedule) {
		return new ScheduledHousekeeper(
				() -> demand.usesDirectories() ? Optional.of(schedule.getObject()) : Optional.empty());
	}

	@Bean
	SweepSchedule atomicwriteSweepSchedule(AtomicWriteProperties properties, DirectoryLooks looks,
			DirectoryHousekeeping housekeeping) {
		return new SweepSchedule(looks, housekeeping, new PropertiesHousekeeping(properties).interval(),
				properties.housekeeping().onStartup());
	}

}
