package io.atomicwrite.spring.autoconfigure;

import java.util.List;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.AtomicFileTemplateBuilder;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.document.DocumentListener;
import io.atomicwrite.format.Format;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryLog;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.DirectoryPreparation;
import io.atomicwrite.spring.directory.DirectoryProbe;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedMounts;
import io.atomicwrite.spring.directory.SharedDirectoryLog;
import io.atomicwrite.spring.directory.StartupWait;
import io.atomicwrite.spring.directory.StuckWritesLog;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for atomic writes: the template, its lock
 * registry and the managed directories. Beans are created when they are needed, so that
 * an application pays at its start for what it uses.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(AtomicFileTemplate.class)
@ConditionalOnBooleanProperty(name = "atomicwrite.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AtomicWriteProperties.class)
@Import({ CloudRefreshConfiguration.class, ConfigImportConfiguration.class, DocumentsConfiguration.class,
		HousekeepingConfiguration.class, JacksonFormatConfiguration.class, MetadataStoreConfiguration.class,
		PublicationsConfiguration.class, ResourcesConfiguration.class })
@Lazy
public final class AtomicWriteAutoConfiguration {

	private static final String LOCK_REGISTRY = "atomicwriteLockRegistry";

	private static final String TEMPLATE = "atomicwriteFileTemplate";

	@Bean
	static UnknownKeys atomicwriteUnknownKeys(Environment environment) {
		return new UnknownKeys(environment);
	}

	@Bean
	LoggingWriteListener atomicwriteLoggingWriteListener() {
		return new LoggingWriteListener();
	}

	@Bean
	LoggingIntegrityListener atomicwriteLoggingIntegrityListener() {
		return new LoggingIntegrityListener();
	}

	@Bean
	LateBeans<WriteListener> atomicwriteWriteListeners(ConfigurableListableBeanFactory beans,
			LoggingWriteListener log) {
		return new LateBeans<>(beans, WriteListener.class, TEMPLATE, List.of(log));
	}

	@Bean
	LateBeans<LockListener> atomicwriteLockListeners(ConfigurableListableBeanFactory beans, LoggingWriteListener log) {
		return new LateBeans<>(beans, LockListener.class, LOCK_REGISTRY, List.of(log));
	}

	@Bean
	LoggingDocumentListener atomicwriteLoggingDocumentListener() {
		return new LoggingDocumentListener();
	}

	@Bean
	LateBeans<DocumentListener> atomicwriteDocumentListeners(ConfigurableListableBeanFactory beans,
			LoggingDocumentListener log) {
		return new LateBeans<>(beans, DocumentListener.class, TEMPLATE, List.of(log));
	}

	@Bean
	AtomicWriteInfrastructure atomicwriteInfrastructure(ConfigurableListableBeanFactory beans,
			AtomicWriteProperties properties,
			@Qualifier("atomicwriteLockListeners") LateBeans<LockListener> listeners) {
		return new AtomicWriteInfrastructure(beans, properties, listeners);
	}

	@Bean(LOCK_REGISTRY)
	@ConditionalOnMissingBean
	LockRegistry atomicwriteLockRegistry(AtomicWriteInfrastructure infrastructure) {
		return infrastructure.newLocks();
	}

	@Bean(TEMPLATE)
	@ConditionalOnMissingBean(AtomicFileOperations.class)
	AtomicFileTemplate atomicwriteFileTemplate(AtomicWriteProperties properties,
			AtomicWriteInfrastructure infrastructure, ManagedDirectories directories, ManagedMounts mounts,
			@Qualifier("atomicwriteWriteListeners") LateBeans<WriteListener> listeners,
			@Qualifier("atomicwriteDocumentListeners") LateBeans<DocumentListener> documents,
			ObjectProvider<Format> formats, ObjectProvider<AtomicFileTemplateBuilderCustomizer> customizers) {
		AtomicFileTemplateBuilder builder = builder(properties, infrastructure, directories).listeners(listeners)
			.documentListeners(documents)
			.guard(mounts)
			.formats(() -> formats.orderedStream().toList());
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	static AtomicFileTemplateBuilder builder(AtomicWriteProperties properties, AtomicWriteInfrastructure infrastructure,
			ManagedDirectories directories) {
		return AtomicFileTemplate.builder()
			.locks(infrastructure.locks())
			.files(infrastructure.files())
			.companions(properties.companions())
			.defaults(new PropertiesWriteOptions(properties).get())
			.requirements((target) -> directories.required(directories.nameOf(target)))
			.baseDirectory(new PropertiesDirectories(properties).base())
			.verifyOnRead(properties.checksum().verifyOnRead());
	}

	@Bean(Demand.DIRECTORIES)
	@ConditionalOnMissingBean
	ManagedDirectories atomicwriteManagedDirectories(AtomicWriteProperties properties) {
		return new PropertiesDirectories(properties).get();
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryActivity atomicwriteDirectoryActivity(ManagedDirectories directories,
			AtomicWriteInfrastructure infrastructure) {
		return new DirectoryActivity(directories, infrastructure.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	LiveWrites atomicwriteLiveWrites(ManagedDirectories directories, AtomicWriteInfrastructure infrastructure) {
		return new LiveWrites(directories, infrastructure.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	ManagedMounts atomicwriteManagedMounts(AtomicWriteProperties properties, ManagedDirectories directories,
			AtomicWriteInfrastructure infrastructure) {
		return new ManagedMounts(directories, infrastructure.files(),
				new PropertiesDirectories(properties).names((directory) -> !directory.create()),
				new PropertiesDirectories(properties).names(AtomicWriteProperties.Directory::requireMount));
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryInspector atomicwriteDirectoryInspector(AtomicWriteProperties properties,
			AtomicWriteInfrastructure infrastructure, ManagedDirectories directories, ManagedMounts mounts) {
		WriteOptions options = infrastructure.operations()
			.map(AtomicFileOperations::defaults)
			.orElseGet(() -> new PropertiesWriteOptions(properties).get());
		return new DirectoryInspector(infrastructure.files(), new WriteRequirements(options, infrastructure.locks()),
				directories, mounts);
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryCensus atomicwriteDirectoryCensus(AtomicWriteProperties properties,
			AtomicWriteInfrastructure infrastructure) {
		return new DirectoryCensus(infrastructure.files(), infrastructure.locks(),
				new PropertiesBackup(properties.backup()).ofBackupsThatMayExist().suffix());
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryLooks atomicwriteDirectoryLooks(AtomicWriteProperties properties, ManagedDirectories directories,
			DirectoryInspector inspector, DirectoryCensus census, AtomicWriteInfrastructure infrastructure,
			DirectoryLog log, LiveWrites writes) {
		DirectoryLooks looks = new DirectoryLooks(directories, inspector, census,
				new PropertiesTimeouts(properties).look(), infrastructure.clock());
		looks.listen(log);
		looks.listen(new StuckWritesLog(writes));
		looks.listen(new SharedDirectoryLog());
		return looks;
	}

	@Bean
	@ConditionalOnMissingBean
	DirectoryLog atomicwriteDirectoryLog(DirectoryInspector inspector) {
		return new DirectoryLog(inspector.requirements().options().safety());
	}

	@Bean
	Demand atomicwriteDemand(Environment environment, ListableBeanFactory beans) {
		return new Demand(environment, beans);
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	InitializingBean atomicwriteDirectoryPreparation(Demand demand, ObjectProvider<ConfiguredStart> start) {
		return () -> {
			if (demand.isAny()) {
				start.getObject().run();
			}
		};
	}

	@Bean
	ConfiguredStart atomicwriteConfiguredStart(AtomicWriteProperties properties, ManagedDirectories directories,
			AtomicWriteInfrastructure infrastructure, ObjectProvider<DirectoryStart> start) {
		return new ConfiguredStart(properties, directories, infrastructure, start::getObject);
	}

	@Bean
	DirectoryStart atomicwriteDirectoryStart(AtomicWriteProperties properties, ManagedDirectories directories,
			DirectoryInspector inspector, DirectoryLooks looks, AtomicWriteInfrastructure infrastructure,
			ManagedMounts mounts, LoggingWriteListener log, DirectoryLog lines) {
		StartupWait startup = new StartupWait(new PropertiesTimeouts(properties).startup());
		DirectoryPreparation preparation = new DirectoryPreparation(directories, inspector, log::warnOnce, startup,
				mounts, lines::inspected);
		return switch (properties.startupCheck()) {
			// what the start does not check is still known by its canonical path
			case OFF -> looks::begin;
			case INSPECT -> preparation::run;
			case PROBE -> () -> {
				preparation.run();
				AtomicFileOperations tried = infrastructure.operations()
					.orElseGet(() -> builder(properties, infrastructure, directories).build());
				new DirectoryProbe(directories, tried, inspector.requirements(), startup).run();
			};
		};
	}

	/** What the start does with the managed directories. */
	@FunctionalInterface
	interface DirectoryStart {

		void run();

	}

}
