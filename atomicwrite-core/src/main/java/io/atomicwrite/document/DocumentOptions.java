package io.atomicwrite.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.watch.WatchMode;
import org.jspecify.annotations.Nullable;

/**
 * How a document is read, checked, written and watched. Immutable and thread-safe.
 *
 * <pre class="code">
 * DocumentOptions&lt;Settings&gt; options = DocumentOptions.of(Settings.class)
 *     .defaults(new Settings("dark", 8080))
 *     .validate("port", (settings) -&gt; settings.port() &gt; 0, "must be positive")
 *     .build();
 * </pre>
 *
 * @param <T> the type of the value
 */
public final class DocumentOptions<T> {

	private final Builder<T> values;

	private DocumentOptions(Builder<T> values) {
		this.values = values;
	}

	/**
	 * Returns a builder with the defaults for a type: no default values, constraints of
	 * Jakarta Validation if it is on the class path, unknown keys stay, minimal edits,
	 * the last good value where the file is invalid.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the builder
	 */
	public static <T> Builder<T> of(Class<T> type) {
		return of(TypeReference.of(type));
	}

	/**
	 * Returns a builder with the defaults for a generic type.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the builder
	 */
	public static <T> Builder<T> of(TypeReference<T> type) {
		return new Builder<>(type);
	}

	/**
	 * Returns a builder with these options.
	 * @return the builder
	 */
	public Builder<T> toBuilder() {
		return new Builder<>(this.values);
	}

	/**
	 * Returns these options with changes.
	 * @param changes what to set
	 * @return the changed options
	 */
	public DocumentOptions<T> with(Consumer<Builder<T>> changes) {
		Builder<T> builder = toBuilder();
		changes.accept(builder);
		return builder.build();
	}

	/**
	 * Returns the type of the value.
	 * @return the type
	 */
	public TypeReference<T> type() {
		return this.values.type;
	}

	/**
	 * Returns what gives the defaults.
	 * @return the supplier, or empty if there are no defaults
	 */
	public Optional<Supplier<? extends T>> defaults() {
		return Optional.ofNullable(this.values.defaults);
	}

	/**
	 * Returns whether a write also writes the defaults that the file does not have.
	 * @return whether it does
	 */
	public boolean writeDefaults() {
		return this.values.writeDefaults;
	}

	/**
	 * Returns what decides whether a value is valid, beside its constraints.
	 * @return the validators, in the order in which they are invoked
	 */
	public List<DocumentValidator<? super T>> validators() {
		return this.values.validators;
	}

	/**
	 * Returns whether the constraints of Jakarta Validation count where it is on the
	 * class path.
	 * @return whether they do
	 */
	public boolean constraints() {
		return this.values.constraints;
	}

	/**
	 * Returns the schema number of the type.
	 * @return the number, counted from 1, or 0 if files have no schema
	 */
	public int schema() {
		return this.values.schema;
	}

	/**
	 * Returns the key of the schema number.
	 * @return a key of the outermost map of the file
	 */
	public String schemaKey() {
		return this.values.schemaKey;
	}

	/**
	 * Returns where the stamp of each change is kept in the content.
	 * @return the envelope, or empty if contents have none
	 */
	public Optional<Envelope> envelope() {
		return Optional.ofNullable(this.values.envelope);
	}

	/**
	 * Returns the migrations.
	 * @return the steps by the schema number that they begin with
	 */
	public Map<Integer, UnaryOperator<Map<String, @Nullable Object>>> migrations() {
		return this.values.migrations;
	}

	/**
	 * Returns what happens to keys that the type does not know.
	 * @return the policy
	 */
	public UnknownFields unknown() {
		return this.values.unknown;
	}

	/**
	 * Returns what happens to the text of the file when a value in it changes.
	 * @return the formatting
	 */
	public Formatting formatting() {
		return this.values.formatting;
	}

	/**
	 * Returns what happens if the file is invalid when the document is opened.
	 * @return the policy
	 */
	public WhenInvalid whenInvalid() {
		return this.values.whenInvalid;
	}

	/**
	 * Returns what happens if the file goes missing.
	 * @return the policy
	 */
	public WhenMissing whenMissing() {
		return this.values.whenMissing;
	}

	/**
	 * Returns how changes by others are noticed.
	 * @return the mode
	 */
	public WatchMode watch() {
		return this.values.watch;
	}

	/**
	 * Returns how long a file must stay as it is before its content counts.
	 * @return the period
	 */
	public Duration quietPeriod() {
		return this.values.quietPeriod;
	}

	/**
	 * Returns how often the file is looked at, whatever events there are.
	 * @return the interval
	 */
	public Duration pollInterval() {
		return this.values.pollInterval;
	}

	/**
	 * Returns the fields whose values are never shown.
	 * @return JSON pointers in which {@code *} stands for any key or place
	 */
	public List<String> secrets() {
		return this.values.secrets;
	}

	/**
	 * Returns how large the file may be. The format may have a lower limit.
	 * @return the size in bytes
	 */
	public int maxSize() {
		return this.values.maxSize;
	}

	/**
	 * Returns how many copies of invalid content are kept.
	 * @return the number
	 */
	public int keepRejected() {
		return this.values.keepRejected;
	}

	/**
	 * Returns whether the document may be written.
	 * @return {@code true} if it may not
	 */
	public boolean readOnly() {
		return this.values.readOnly;
	}

	/**
	 * Returns what runs listeners and asynchronous updates.
	 * @return the executor, or empty for threads of the document's own
	 */
	public Optional<Executor> executor() {
		return Optional.ofNullable(this.values.executor);
	}

	/**
	 * Returns where the last valid content is kept.
	 * @return the directory, or empty for that of the file
	 */
	public Optional<Path> stateDirectory() {
		return Optional.ofNullable(this.values.stateDirectory);
	}

	/**
	 * Returns whether the options are the same; functions are if they are one object.
	 */
	@Override
	public boolean equals(Object other) {
		return other instanceof DocumentOptions<?> options
				&& options.values.components().equals(this.values.components());
	}

	@Override
	public int hashCode() {
		return this.values.components().hashCode();
	}

	@Override
	public String toString() {
		return "DocumentOptions[type=" + this.values.type + ", schema=" + this.values.schema + ", unknown="
				+ this.values.unknown + ", formatting=" + this.values.formatting + ", readOnly=" + this.values.readOnly
				+ "]";
	}

	/**
	 * Builds options. Not thread-safe.
	 *
	 * @param <T> the type of the value
	 */
	public static final class Builder<T> {

		private final TypeReference<T> type;

		private @Nullable Supplier<? extends T> defaults;

		private boolean writeDefaults;

		private List<DocumentValidator<? super T>> validators = List.of();

		private boolean constraints = true;

		private int schema;

		private String schemaKey = "schema";

		private Map<Integer, UnaryOperator<Map<String, @Nullable Object>>> migrations = Map.of();

		private @Nullable Envelope envelope;

		private UnknownFields unknown = UnknownFields.PRESERVE;

		private Formatting formatting = Formatting.MINIMAL;

		private WhenInvalid whenInvalid = WhenInvalid.LAST_GOOD;

		private WhenMissing whenMissing = WhenMissing.KEEP;

		private WatchMode watch = WatchMode.AUTO;

		private Duration quietPeriod = Duration.ofMillis(250);

		private Duration pollInterval = Duration.ofSeconds(5);

		private List<String> secrets = List.of();

		private int maxSize = 16 * 1024 * 1024;

		private int keepRejected = 5;

		private boolean readOnly;

		private @Nullable Executor executor;

		private @Nullable Path stateDirectory;

		private Builder(TypeReference<T> type) {
			this.type = Objects.requireNonNull(type);
		}

		private List<Object> components() {
			return List.of(this.type, Optional.ofNullable(this.defaults), this.writeDefaults, this.validators,
					this.constraints, this.schema, this.schemaKey, Optional.ofNullable(this.envelope), this.migrations,
					this.unknown, this.formatting, this.whenInvalid, this.whenMissing, this.watch, this.quietPeriod,
					this.pollInterval, this.secrets, this.maxSize, this.keepRejected, this.readOnly,
					Optional.ofNullable(this.executor), Optional.ofNullable(this.stateDirectory));
		}

		private Builder(Builder<T> values) {
			this.type = values.type;
			this.defaults = values.defaults;
			this.writeDefaults = values.writeDefaults;
			this.validators = values.validators;
			this.constraints = values.constraints;
			this.schema = values.schema;
			this.schemaKey = values.schemaKey;
			this.envelope = values.envelope;
			this.migrations = values.migrations;
			this.unknown = values.unknown;
			this.formatting = values.formatting;
			this.whenInvalid = values.whenInvalid;
			this.whenMissing = values.whenMissing;
			this.watch = values.watch;
			this.quietPeriod = values.quietPeriod;
			this.pollInterval = values.pollInterval;
			this.secrets = values.secrets;
			this.maxSize = values.maxSize;
			this.keepRejected = values.keepRejected;
			this.readOnly = values.readOnly;
			this.executor = values.executor;
			this.stateDirectory = values.stateDirectory;
		}

		/**
		 * Sets the value that a missing file stands for, and whose fields stand for the
		 * keys that a file does not have, however deep. Lists of the file replace those
		 * of the defaults. A key that is there counts, be it {@code null}.
		 * @param value the defaults; must not be changed afterwards
		 * @return this builder
		 */
		public Builder<T> defaults(T value) {
			Objects.requireNonNull(value);
			this.defaults = () -> value;
			return this;
		}

		/**
		 * Sets what gives the defaults, as above. Is asked once for each document.
		 * @param value the supplier
		 * @return this builder
		 */
		public Builder<T> defaults(Supplier<? extends T> value) {
			this.defaults = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets whether a write also writes the defaults that the file does not have. If
		 * not, as it is by default, only what differs from them is written.
		 * @param value whether it does
		 * @return this builder
		 */
		public Builder<T> writeDefaults(boolean value) {
			this.writeDefaults = value;
			return this;
		}

		/**
		 * Adds a condition.
		 * @param field the keys and places that lead to the field, as
		 * {@code server.hosts[1]} or as the JSON pointer {@code /server/hosts/1}; empty
		 * for the whole value
		 * @param valid whether a value is valid; must not change it
		 * @param message what is wrong if it is not, such as {@code must be positive}
		 * @return this builder
		 */
		public Builder<T> validate(String field, Predicate<? super T> valid, String message) {
			Objects.requireNonNull(field);
			Objects.requireNonNull(valid);
			Objects.requireNonNull(message);
			return validate((value, violations) -> {
				if (!valid.test(value)) {
					violations.add(field, message);
				}
			});
		}

		/**
		 * Adds a validator.
		 * @param validator the validator
		 * @return this builder
		 */
		public Builder<T> validate(DocumentValidator<? super T> validator) {
			List<DocumentValidator<? super T>> all = new ArrayList<>(this.validators);
			all.add(Objects.requireNonNull(validator));
			this.validators = List.copyOf(all);
			return this;
		}

		/**
		 * Sets whether the constraints of Jakarta Validation count where its API and a
		 * provider are on the class path. They do by default.
		 * @param value whether they do
		 * @return this builder
		 */
		public Builder<T> constraints(boolean value) {
			this.constraints = value;
			return this;
		}

		/**
		 * Sets the schema number of the type, which files have under the key
		 * {@code schema}. A file without it has the first schema, 1.
		 * @param number the number, from 1 on; it grows with each change that older
		 * versions of the application can't read
		 * @return this builder
		 * @throws IllegalArgumentException if the number is not positive
		 */
		public Builder<T> schema(int number) {
			requirePositive(number, "the schema number");
			this.schema = number;
			return this;
		}

		/**
		 * Sets the key of the schema number, where the type has a {@code schema} of its
		 * own.
		 * @param key a key of the outermost map of the file
		 * @return this builder
		 */
		public Builder<T> schemaKey(String key) {
			this.schemaKey = Objects.requireNonNull(key);
			return this;
		}

		/**
		 * Sets where the stamp of each change is kept in the content: in keys of the
		 * outermost map of the file, which the type does not see. A change to the value
		 * that the file has already is written if the stamp has another run or source.
		 * @param value the envelope
		 * @return this builder
		 */
		public Builder<T> envelope(Envelope value) {
			this.envelope = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Adds the step from a schema to the next one. Steps work on what the file has,
		 * in memory: the file is migrated by the next write alone.
		 * @param from the schema number that the step begins with
		 * @param step makes the next schema; gets a map of its own, which it may change
		 * and return: texts as keys; maps, lists, texts, {@link java.math.BigInteger},
		 * {@link java.math.BigDecimal} and {@link Boolean} as values, all of them texts
		 * in properties
		 * @return this builder
		 * @throws IllegalArgumentException if the number is not positive
		 */
		public Builder<T> migrate(int from, UnaryOperator<Map<String, @Nullable Object>> step) {
			requirePositive(from, "the schema number");
			Map<Integer, UnaryOperator<Map<String, @Nullable Object>>> all = new TreeMap<>(this.migrations);
			all.put(from, Objects.requireNonNull(step));
			this.migrations = Collections.unmodifiableMap(new LinkedHashMap<>(all));
			return this;
		}

		/**
		 * Sets what happens to keys that the type does not know.
		 * @param value the policy
		 * @return this builder
		 */
		public Builder<T> unknown(UnknownFields value) {
			this.unknown = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets what happens to the text of the file when a value in it changes. Whether
		 * unknown keys stay is decided by {@link #unknown} alone.
		 * @param value the formatting
		 * @return this builder
		 */
		public Builder<T> formatting(Formatting value) {
			this.formatting = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets what happens if the file is invalid when the document is opened.
		 * @param value the policy
		 * @return this builder
		 */
		public Builder<T> whenInvalid(WhenInvalid value) {
			this.whenInvalid = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets what happens if the file goes missing.
		 * @param value the policy
		 * @return this builder
		 */
		public Builder<T> whenMissing(WhenMissing value) {
			this.whenMissing = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets how changes by others are noticed.
		 * @param value the mode
		 * @return this builder
		 */
		public Builder<T> watch(WatchMode value) {
			this.watch = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets how long a file must stay as it is before its content counts. A writer
		 * that pauses longer in the middle may be seen half done.
		 * @param value the period
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder<T> quietPeriod(Duration value) {
			requirePositive(value, "the quiet period");
			this.quietPeriod = value;
			return this;
		}

		/**
		 * Sets how often the file is looked at, whatever events there are.
		 * @param value the interval
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder<T> pollInterval(Duration value) {
			requirePositive(value, "the interval of polls");
			this.pollInterval = value;
			return this;
		}

		/**
		 * Adds fields whose values are never shown, with all that is beneath them.
		 * @param pointers JSON pointers such as {@code /users/0/password}, in which
		 * {@code *} stands for any key or place: {@code /users/*}{@code /password}
		 * @return this builder
		 * @throws IllegalArgumentException if one is no JSON pointer
		 */
		public Builder<T> secret(String... pointers) {
			List<String> all = new ArrayList<>(this.secrets);
			for (String pointer : pointers) {
				if (!pointer.isEmpty() && !pointer.startsWith("/")) {
					throw new IllegalArgumentException("a JSON pointer begins with '/': " + pointer);
				}
				all.add(pointer);
			}
			this.secrets = List.copyOf(all);
			return this;
		}

		/**
		 * Sets how large the file may be. The format may have a lower limit.
		 * @param bytes the size in bytes
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder<T> maxSize(int bytes) {
			requirePositive(bytes, "the maximal size");
			this.maxSize = bytes;
			return this;
		}

		/**
		 * Sets how many copies of invalid content are kept, which are made before
		 * something else is written.
		 * @param number the number
		 * @return this builder
		 * @throws IllegalArgumentException if it is not positive
		 */
		public Builder<T> keepRejected(int number) {
			requirePositive(number, "the number of rejected contents");
			this.keepRejected = number;
			return this;
		}

		/**
		 * Sets whether the document may be written.
		 * @param value {@code true} if it may not
		 * @return this builder
		 */
		public Builder<T> readOnly(boolean value) {
			this.readOnly = value;
			return this;
		}

		/**
		 * Sets what runs listeners and asynchronous updates, one at a time.
		 * @param value the executor
		 * @return this builder
		 */
		public Builder<T> executor(Executor value) {
			this.executor = Objects.requireNonNull(value);
			return this;
		}

		/**
		 * Sets where the last valid content is kept.
		 * @param directory the directory
		 * @return this builder
		 */
		public Builder<T> stateDirectory(Path directory) {
			this.stateDirectory = Objects.requireNonNull(directory);
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if there are migrations but no schema, or one
		 * that does not lead to it
		 */
		public DocumentOptions<T> build() {
			for (int from : this.migrations.keySet()) {
				if (from >= this.schema) {
					throw new IllegalArgumentException("the migration from schema " + from
							+ " leads beyond the schema of the document, " + this.schema);
				}
			}
			return new DocumentOptions<>(new Builder<>(this));
		}

		private static void requirePositive(int number, String name) {
			if (number <= 0) {
				throw new IllegalArgumentException(name + " must be positive: " + number);
			}
		}

		private static void requirePositive(Duration value, String name) {
			if (value.isZero() || value.isNegative()) {
				throw new IllegalArgumentException(name + " must be positive: " + value);
			}
		}

	}

}
