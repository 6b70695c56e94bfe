package io.atomicwrite.spring.health;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.spring.config.ImportedFiles;
import io.atomicwrite.spring.directory.DirectoryActivity;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.document.AtomicDocuments;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors.Entry;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of atomic writes: {@code directories} with a contributor for each managed
 * directory, {@code documents} with one for each document, {@code imports} for the
 * imported configuration files, and {@code lockStore} for the store of locks of several
 * hosts. It writes nothing, uses inspections that are young enough, and waits for the
 * others for a limited time, for all directories together. Thread-safe.
 */
public final class AtomicWriteHealthContributor implements CompositeHealthContributor {

	private final Directories directories;

	private final Documents documents;

	private final ImportedFiles imports;

	private final Optional<ClusterLockRegistry> cluster;

	/**
	 * Creates a contributor.
	 * @param looks looks at the directories
	 * @param locks the lock registry
	 * @param activity what is remembered of writes
	 * @param limits from when on a directory is degraded
	 * @param documents the documents
	 * @param imports the imported configuration files
	 */
	public AtomicWriteHealthContributor(DirectoryLooks looks, LockRegistry locks, DirectoryActivity activity,
			HealthLimits limits, AtomicDocuments documents, ImportedFiles imports) {
		this.directories = new Directories(looks, new LockHealth(locks, looks.directories(), looks.clock()), activity,
				limits);
		this.documents = new Documents(documents);
		this.imports = imports;
		this.cluster = (locks instanceof ClusterLockRegistry registry) ? Optional.of(registry) : Optional.empty();
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return switch (name) {
			case "directories" -> this.directories;
			case "documents" -> this.documents;
			case "imports" -> imports();
			case "lockStore" -> this.cluster.map(LockStoreHealth::new).orElse(null);
			default -> null;
		};
	}

	@Override
	public Stream<Entry> stream() {
		Stream<Entry> all = Stream.of(new Entry("directories", this.directories));
		if (!this.documents.documents.all().isEmpty()) {
			all = Stream.concat(all, Stream.of(new Entry("documents", this.documents)));
		}
		if (!this.imports.all().isEmpty()) {
			all = Stream.concat(all, Stream.of(new Entry("imports", imports())));
		}
		return Stream.concat(all,
				this.cluster.stream().map((registry) -> new Entry("lockStore", new LockStoreHealth(registry))));
	}

	private HealthIndicator imports() {
		return () -> FileHealth.of(this.imports);
	}

	/**
	 * The managed directories, and what happens outside of them if anything does.
	 */
	private static final class Directories implements CompositeHealthContributor {

		private final DirectoryLooks looks;

		private final LockHealth locks;

		private final DirectoryActivity activity;

		private final HealthLimits limits;

		private Directories(DirectoryLooks looks, LockHealth locks, DirectoryActivity activity, HealthLimits limits) {
			this.looks = looks;
			this.locks = locks;
			this.activity = activity;
			this.limits = limits;
		}

		@Override
		public @Nullable HealthContributor getContributor(String name) {
			ManagedDirectory directory = this.looks.directories().get(name);
			if (directory != null) {
				return contributor(directory);
			}
			return name.equals(ManagedDirectories.OTHER) ? other() : null;
		}

		@Override
		public Stream<Entry> stream() {
			ManagedDirectories known = this.looks.directories();
			Stream<Entry> managed = known.all()
				.stream()
				.map((directory) -> new Entry(directory.name(), oneOfAll(contributor(directory))));
			boolean shown = known.all().isEmpty() || this.activity.isKnown(ManagedDirectories.OTHER);
			return shown ? Stream.concat(managed, Stream.of(new Entry(ManagedDirectories.OTHER, other()))) : managed;
		}

		/**
		 * All of them together are waited for no longer than one. Their looks begin where
		 * the first is asked for its health: an event loop may list contributors.
		 */
		private HealthIndicator oneOfAll(HealthIndicator indicator) {
			return () -> {
				this.looks.beginInspections(this.limits.timeToLive());
				return indicator.health();
			};
		}

		private HealthIndicator contributor(ManagedDirectory directory) {
			return () -> health(directory.name())
				.directory(directory, this.looks.inspect(directory, this.limits.timeToLive()))
				.build();
		}

		private HealthIndicator other() {
			return () -> health(ManagedDirectories.OTHER).build();
		}

		private DirectoryHealth health(String name) {
			return new DirectoryHealth(this.limits, this.looks.clock().instant(), this.locks.of(name),
					this.activity.recent(name));
		}

	}

	/**
	 * The documents, also those that are configured and not open yet.
	 */
	private static final class Documents implements CompositeHealthContributor {

		private final AtomicDocuments documents;

		private Documents(AtomicDocuments documents) {
			this.documents = documents;
		}

		@Override
		public @Nullable HealthContributor getContributor(String name) {
			return this.documents.names().contains(name) ? contributor(name) : null;
		}

		private HealthIndicator contributor(String name) {
			return () -> FileHealth.of(this.documents.all().get(name));
		}

		@Override
		public Stream<Entry> stream() {
			return this.documents.all().keySet().stream().map((name) -> new Entry(name, contributor(name)));
		}

	}

}
