package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.AtomicFileTemplateBuilder;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.format.Format;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.FileLockRegistryBuilder;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryPreparation;
import io.atomicwrite.spring.directory.DirectoryProbe;
import io.atomicwrite.spring.directory.ManagedDirectories;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for atomic writes: the template, its lock
 * registry and the managed directories.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(AtomicFileTemplate.class)
@ConditionalOnBooleanProperty(name = "atomicwrite.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AtomicWriteProperties.class)
@Import({ HousekeepingConfiguration.class, JacksonFormatConfiguration.class })
public final class AtomicWriteAutoConfiguration {

	@Bean
	static OrderlyShutdown atomicwriteOrderlyShutdown() {
		return new OrderlyShutdown();
	}

	@Bean
	LoggingWriteListener atomicwriteLoggingWriteListener() {
		return new LoggingWriteListener();
	}

	@Bean
	@ConditionalOnMissingBean
	LockRegistry atomicwriteLockRegistry(AtomicWriteProperties properties, ObjectProvider<FileOps> files,
			ObjectProvider<LockListener> listeners) {
		FileLockRegistryBuilder builder = LockRegistry.fileBuilder()
			.keepLockFile(properties.lock().file() == AtomicWriteProperties.Lock.Disposal.KEEP);
		files.ifUnique(builder::files);
		listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean(AtomicFileOperations.class)
	AtomicFileTemplate atomicwriteFileTemplate(AtomicWriteProperties properties, LockRegistry locks,
			ObjectProvider<FileOps> files, ObjectProvider<WriteListener> listeners, ObjectProvider<Format> formats,
			ObjectProvider<AtomicFileTemplateBuilderCustomizer> customizers) {
		AtomicFileTemplateBuilder builder = AtomicFileTemplate.builder()
			.locks(locks)
			.defaults(new PropertiesWriteOptions(properties).get())
			.baseDirectory(new PropertiesDirectories(properties).base())
			.verifyOnRead(properties.checksum().verifyOnRead());
		files.ifUnique(builder::files);
		listeners.orderedStream().forEach(builder::listener);
		formats.orderedStream().forEach(builder::format);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	ManagedDirectories atomicwriteManagedDirectories(AtomicWriteProperties properties) {
		return new PropertiesDirectories(properties).get();
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryInspector atomicwriteDirectoryInspector(AtomicFileOperations operations, LockRegistry locks,
			ObjectProvider<FileOps> files) {
		return new DirectoryInspector(files.getIfUnique(FileOps::system),
				new WriteRequirements(operations.defaults(), locks.scope()));
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryCensus atomicwriteDirectoryCensus(AtomicWriteProperties properties, LockRegistry locks,
			ObjectProvider<FileOps> files) {
		return new DirectoryCensus(files.getIfUnique(FileOps::system), locks,
				new PropertiesBackup(properties.backup()).ofBackupsThatMayExist().suffix());
	}

	@Bean
	InitializingBean atomicwriteDirectoryPreparation(AtomicWriteProperties properties, ManagedDirectories directories,
			DirectoryInspector inspector, AtomicFileOperations operations, LoggingWriteListener log) {
		DirectoryPreparation preparation = new DirectoryPreparation(directories, inspector, log::warnOnce);
		DirectoryProbe probe = new DirectoryProbe(directories, operations, inspector.requirements());
		return switch (properties.startupCheck()) {
			case OFF -> () -> {
			};
			case INSPECT -> preparation::run;
			case PROBE -> () -> {
				preparation.run();
				probe.run();
			};
		};
	}

}
