package io.atomicwrite.spring.document;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.document.UnknownFields;
import io.atomicwrite.document.WhenInvalid;
import io.atomicwrite.document.WhenMissing;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.watch.WatchMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Properties of a document. One that is not set leaves what the options of the
 * application say, which without options is the default.
 *
 * @param path Path of the file, relative to the base directory if there is one.
 * @param watch How changes by others are noticed. Default: auto.
 * @param quietPeriod Time for which a file must stay as it is before its content counts.
 * A number without a unit is in milliseconds. Default: 250ms.
 * @param pollInterval Time between two looks at the file, whatever events there are. A
 * number without a unit is in seconds. Default: 5s.
 * @param maxSize Maximum size of the file. Default: 16MB.
 * @param whenInvalid What happens if the file is invalid when the document is opened.
 * Default: last-good.
 * @param whenMissing What happens if the file goes missing. Default: keep.
 * @param formatting What happens to comments and layout of the file when a value in it
 * changes. Default: minimal.
 * @param unknownFields What happens to keys that the type does not know. Default:
 * preserve.
 * @param readOnly Whether the document can't be changed by the application. Default:
 * false.
 * @param keepRejected Number of copies of invalid content to keep. Default: 5.
 */
@ConfigurationPropertiesSource
public record DocumentProperties(@Nullable String path, @Nullable WatchMode watch,
		@DurationUnit(ChronoUnit.MILLIS) @Nullable Duration quietPeriod,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration pollInterval, @Nullable DataSize maxSize,
		@Nullable WhenInvalid whenInvalid, @Nullable WhenMissing whenMissing, @Nullable Formatting formatting,
		@Nullable UnknownFields unknownFields, @Nullable Boolean readOnly, @Nullable Integer keepRejected) {

	/**
	 * Applies what is set.
	 * @throws InvalidConfigurationPropertyValueException if the options refuse a value
	 */
	<T> void apply(String name, DocumentOptions.Builder<T> options) {
		Integer size = (this.maxSize != null) ? (int) Math.min(this.maxSize.toBytes(), Integer.MAX_VALUE - 1) : null;
		set(name, "watch", this.watch, options::watch);
		set(name, "quiet-period", this.quietPeriod, options::quietPeriod);
		set(name, "poll-interval", this.pollInterval, options::pollInterval);
		set(name, "max-size", size, options::maxSize);
		set(name, "when-invalid", this.whenInvalid, options::whenInvalid);
		set(name, "when-missing", this.whenMissing, options::whenMissing);
		set(name, "formatting", this.formatting, options::formatting);
		set(name, "unknown-fields", this.unknownFields, options::unknown);
		set(name, "read-only", this.readOnly, options::readOnly);
		set(name, "keep-rejected", this.keepRejected, options::keepRejected);
	}

	private static <V> void set(String name, String key, @Nullable V value, Consumer<V> option) {
		if (value == null) {
			return;
		}
		try {
			option.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(DocumentsProperties.property(name, key), value,
					StringUtils.capitalize(String.valueOf(ex.getMessage())) + ".");
		}
	}

}
