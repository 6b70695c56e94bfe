package io.atomicwrite.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.manifest.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * How a write is done. Immutable and thread-safe. To write otherwise than a template is
 * configured to, derive from its defaults:
 *
 * <pre class="code">
 * template.write(path, content, (options) -&gt; options.overwrite(false));
 * </pre>
 */
public final class WriteOptions {

	private static final WriteOptions ENGINE_DEFAULTS = new Builder().build();

	private final Builder values;

	private WriteOptions(Builder values) {
		this.values = values;
	}

	/**
	 * Returns the defaults of the engine, whatever a template or an application is
	 * configured with: overwrite, wait up to 30 seconds for the lease, keep mode, owner,
	 * group and attributes where this user may, report what is lost, follow links, create
	 * directories, refuse what the filesystem can't promise.
	 * {@link AtomicFileOperations#defaults()} has what is configured.
	 * @return the options
	 */
	public static WriteOptions engineDefaults() {
		return ENGINE_DEFAULTS;
	}

	/**
	 * Returns a builder with these options.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder(this.values);
	}

	/**
	 * Returns these options with changes.
	 * @param changes what to set
	 * @return the changed options
	 */
	public WriteOptions with(Consumer<Builder> changes) {
		Builder builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	/**
	 * Returns whether an existing target is replaced.
	 * @return {@code false} if an existing target makes the write fail
	 */
	public boolean overwrite() {
		return this.values.overwrite;
	}

	/**
	 * Returns the version that the target must have.
	 * @return the version, or empty if any will do
	 */
	public Optional<Version> expectedVersion() {
		return Optional.ofNullable(this.values.expectedVersion);
	}

	/**
	 * Returns whether the result has the version of the new content.
	 * @return whether it has
	 */
	public boolean reportVersion() {
		return this.values.reportVersion;
	}

	/**
	 * Returns whether the content is read back and compared before the commit.
	 * @return whether it is
	 */
	public boolean verify() {
		return this.values.verify;
	}

	/** Whether the SHA-256 of the content is computed while it is written. */
	boolean digest() {
		return this.values.reportVersion || this.values.verify;
	}

	/**
	 * Returns whether a checksum is kept, and where.
	 * @return the policy
	 */
	public ChecksumPolicy checksum() {
		return this.values.checksum;
	}

	/**
	 * Returns what the manifest says of where the content comes from.
	 * @return the stamp, or empty if none is given
	 */
	public Optional<Stamp> stamp() {
		return Optional.ofNullable(this.values.stamp);
	}

	/**
	 * Returns whether the content that is replaced is kept.
	 * @return the policy
	 */
	public BackupPolicy backup() {
		return this.values.backup;
	}

	/**
	 * Returns whether and how long the write waits for the lease.
	 * @return the policy
	 */
	public LockRequest lock() {
		return this.values.lock;
	}

	/**
	 * Returns which mode the new file gets.
	 * @return the policy
	 */
	public ModePolicy mode() {
		return this.values.mode;
	}

	/**
	 * Returns whether owner and group are kept.
	 * @return the policy
	 */
	public MetadataPolicy owner() {
		return this.values.owner;
	}

	/**
	 * Returns whether user attributes, access control list, label and capabilities are
	 * kept.
	 * @return the policy
	 */
	public MetadataPolicy attributes() {
		return this.values.attributes;
	}

	/**
	 * Returns whether the result reports all that is lost with the old file.
	 * @return whether it does
	 */
	public boolean reportLosses() {
		return this.values.reportLosses;
	}

	/**
	 * The file whose owner, group, access list and mode the new one gets, if not the old
	 * one.
	 */
	Optional<Path> rightsOf() {
		return Optional.ofNullable(this.values.rightsOf);
	}

	/**
	 * Returns what is written when the target is a symbolic link.
	 * @return the policy
	 */
	public SymlinkPolicy symlinks() {
		return this.values.symlinks;
	}

	/**
	 * Returns what happens where a guarantee can't be kept.
	 * @return the policy
	 */
	public SafetyPolicy safety() {
		return this.values.safety;
	}

	/**
	 * Returns the levels that are required whatever the safety policy.
	 * @return the levels
	 */
	public Map<Guarantee, GuaranteeLevel> required() {
		return this.values.required;
	}

	/**
	 * Returns what happens to the text of a file when a value in it changes.
	 * @return the formatting
	 */
	public Formatting formatting() {
		return this.values.formatting;
	}

	/**
	 * Returns whether missing directories are created.
	 * @return whether they are
	 */
	public boolean createDirectories() {
		return this.values.createDirectories;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof WriteOptions options && options.values.components().equals(this.values.components());
	}

	@Override
	public int hashCode() {
		return this.values.components().hashCode();
	}

	@Override
	public String toString() {
		return "WriteOptions" + this.values.components();
	}

	/**
	 * Builds options. Not thread-safe.
	 */
	public static final class Builder {

		private boolean overwrite = true;

		private @Nullable Version expectedVersion;

		private boolean reportVersion;

		private boolean verify;

		private ChecksumPolicy checksum = ChecksumPolicy.none();

		private @Nullable Stamp stamp;

		private BackupPolicy backup = BackupPolicy.none();

		private LockRequest lock = LockRequest.waitUpTo(Duration.ofSeconds(30));

		private ModePolicy mode = ModePolicy.preserve();

		private MetadataPolicy owner = MetadataPolicy.TRY;

		private MetadataPolicy attributes = MetadataPolicy.TRY;

		private boolean reportLosses = true;

		private @Nullable Path rightsOf;

		private SymlinkPolicy symlinks = SymlinkPolicy.FOLLOW;

		private SafetyPolicy safety = SafetyPolicy.STRICT;

		private Map<Guarantee, GuaranteeLevel> required = Map.of();

		private boolean createDirectories = true;

		private Formatting formatting = Formatting.MINIMAL;

		private Builder() {
		}

		private Builder(Builder other) {
			this.overwrite = other.overwrite;
			this.expectedVersion = other.expectedVersion;
			this.reportVersion = other.reportVersion;
			this.verify = other.verify;
			this.checksum = other.checksum;
			this.stamp = other.stamp;
			this.backup = other.backup;
			this.lock = other.lock;
			this.mode = other.mode;
			this.owner = other.owner;
			this.attributes = other.attributes;
			this.reportLosses = other.reportLosses;
			this.rightsOf = other.rightsOf;
			this.symlinks = other.symlinks;
			this.safety = other.safety;
			this.required = other.required;
			this.createDirectories = other.createDirectories;
			this.formatting = other.formatting;
		}

		/**
		 * Sets whether an existing target is replaced. If not, the write fails when the
		 * target exists, also when it comes into being meanwhile.
		 * @param value whether it is replaced
		 * @return this builder
		 */
		public Builder overwrite(boolean value) {
			this.overwrite = value;
			return this;
		}

		/**
		 * Sets the version that the target must have when the write holds the lease.
		 * @param version the version, or {@code null} if any will do
		 * @return this builder
		 */
		public Builder expectedVersion(@Nullable Version version) {
			this.expectedVersion = version;
			return this;
		}

		/**
		 * Sets whether the result has the version of the new content, which is its
		 * SHA-256. The result of a value always has it.
		 * @param value whether it has
		 * @return this builder
		 */
		public Builder reportVersion(boolean value) {
			this.reportVersion = value;
			return this;
		}

		/**
		 * Sets whether the content is read back from the staging file, after its sync and
		 * before the commit, and compared with what was written. If it differs, the write
		 * fails and the old content stands. The kernel may serve the read from its cache,
		 * so this finds what memory, a filesystem or a layer below it garbled on the way,
		 * not every fault of a disk. Moves and deletes write no content and ignore it.
		 * @param value whether it is
		 * @return this builder
		 */
		public Builder verify(boolean value) {
			this.verify = value;
			return this;
		}

		/**
		 * Sets whether a checksum is kept, and where.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder checksum(ChecksumPolicy policy) {
			this.checksum = policy;
			return this;
		}

		/**
		 * Sets where the content comes from. It is kept in the manifest beside the file,
		 * together with size and SHA-256 of the content, and
		 * {@link AtomicFileOperations#manifest} returns it. Without a stamp no manifest
		 * is made, and one that is there records the new content without a source and a
		 * run.
		 * @param value the stamp, or {@code null} for none
		 * @return this builder
		 */
		public Builder stamp(@Nullable Stamp value) {
			this.stamp = value;
			return this;
		}

		/**
		 * Sets whether the content that is replaced is kept. Nothing is kept where there
		 * is no target yet.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder backup(BackupPolicy policy) {
			this.backup = policy;
			return this;
		}

		/**
		 * Sets whether and how long the write waits for the lease.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder lock(LockRequest policy) {
			this.lock = policy;
			return this;
		}

		/**
		 * Sets which mode the new file gets.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder mode(ModePolicy policy) {
			this.mode = policy;
			return this;
		}

		/**
		 * Sets whether owner and group are kept. By default the write tries, each by
		 * itself: a user without privileges may give a file a group of which the user is
		 * a member. Where one is not kept, the new file loses the mode bits that were not
		 * meant for those who would get them.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder owner(MetadataPolicy policy) {
			this.owner = policy;
			return this;
		}

		/**
		 * Sets whether user attributes, access control list, label and capabilities are
		 * kept. Where an access control list is not, nobody but the owner may access the
		 * new file. With {@link MetadataPolicy#REQUIRE} the write fails as well where it
		 * can't be found out whether there is one.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder attributes(MetadataPolicy policy) {
			this.attributes = policy;
			return this;
		}

		/**
		 * Sets whether the result reports all that is lost with the old file. By default
		 * it does; that takes some milliseconds, once for each file that another program
		 * has made or changed. If not, {@link MetadataReport#notExamined()} has what was
		 * not looked for. Access control lists are looked for in any case where they
		 * decide who may access the file.
		 * @param value whether it does
		 * @return this builder
		 */
		public Builder reportLosses(boolean value) {
			this.reportLosses = value;
			return this;
		}

		/** Sets the file whose owner, group, access list and mode the new one gets. */
		Builder rightsOf(Path file) {
			this.rightsOf = file;
			return this;
		}

		/**
		 * Sets what is written when the target is a symbolic link.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder symlinks(SymlinkPolicy policy) {
			this.symlinks = policy;
			return this;
		}

		/**
		 * Sets what happens where a guarantee can't be kept.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder safety(SafetyPolicy policy) {
			this.safety = policy;
			return this;
		}

		/**
		 * Requires a level of a guarantee, whatever the safety policy.
		 * @param guarantee the guarantee
		 * @param level the level
		 * @return this builder
		 */
		public Builder require(Guarantee guarantee, GuaranteeLevel level) {
			Map<Guarantee, GuaranteeLevel> levels = new EnumMap<>(Guarantee.class);
			levels.putAll(this.required);
			levels.put(guarantee, level);
			this.required = Collections.unmodifiableMap(levels);
			return this;
		}

		/**
		 * Sets whether missing directories are created.
		 * @param value whether they are
		 * @return this builder
		 */
		public Builder createDirectories(boolean value) {
			this.createDirectories = value;
			return this;
		}

		/**
		 * Sets what happens to the text of a file when a value in it changes: comments,
		 * order and layout. Concerns {@code update} and {@code writeValue} where the file
		 * exists and its format is an {@link io.atomicwrite.format.EditableFormat}; any
		 * other write replaces the whole content.
		 * @param value the formatting
		 * @return this builder
		 */
		public Builder formatting(Formatting value) {
			this.formatting = value;
			return this;
		}

		private Map<String, Object> components() {
			Map<String, Object> components = new LinkedHashMap<>();
			components.put("overwrite", this.overwrite);
			components.put("expectedVersion", Optional.ofNullable(this.expectedVersion));
			components.put("reportVersion", this.reportVersion);
			components.put("verify", this.verify);
			components.put("checksum", this.checksum);
			components.put("stamp", Optional.ofNullable(this.stamp));
			components.put("backup", this.backup);
			components.put("lock", this.lock);
			components.put("mode", this.mode);
			components.put("owner", this.owner);
			components.put("attributes", this.attributes);
			components.put("reportLosses", this.reportLosses);
			if (this.rightsOf != null) {
				components.put("rightsOf", this.rightsOf);
			}
			components.put("symlinks", this.symlinks);
			components.put("safety", this.safety);
			components.put("required", this.required);
			components.put("createDirectories", this.createDirectories);
			components.put("formatting", this.formatting);
			return components;
		}

		/**
		 * Builds the options.
		 * @return the options
		 */
		public WriteOptions build() {
			return new WriteOptions(new Builder(this));
		}

	}

}
