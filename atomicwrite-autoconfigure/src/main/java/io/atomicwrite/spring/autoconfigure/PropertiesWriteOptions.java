package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Maps properties to the default {@link WriteOptions} of the template.
 */
final class PropertiesWriteOptions {

	private final AtomicWriteProperties properties;

	PropertiesWriteOptions(AtomicWriteProperties properties) {
		this.properties = properties;
	}

	WriteOptions get() {
		AtomicWriteProperties.Metadata metadata = this.properties.metadata();
		WriteOptions.Builder options = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(this.properties.safety())
			.lock(lock())
			.checksum(checksum())
			.backup(new PropertiesBackup(this.properties.backup()).get())
			.mode(mode(metadata.mode()))
			.owner(metadata.owner())
			.attributes(metadata.attributes())
			.reportLosses(metadata.reportLosses())
			.symlinks(this.properties.symlinks())
			.formatting(this.properties.formatting());
		this.properties.require().forEach(options::require);
		return options.build();
	}

	private LockRequest lock() {
		return switch (this.properties.lock().mode()) {
			case WAIT -> LockRequest.waitUpTo(timeout());
			case FAIL_FAST -> LockRequest.failFast();
			case NONE -> LockRequest.none();
		};
	}

	private Duration timeout() {
		Duration timeout = this.properties.lock().timeout();
		if (timeout.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.lock.timeout", timeout,
					"The timeout must not be negative. Use a duration such as 30s, or 0s to fail immediately.");
		}
		return timeout;
	}

	private ChecksumPolicy checksum() {
		AtomicWriteProperties.Checksum checksum = this.properties.checksum();
		try {
			return ChecksumPolicy.of(checksum.mode(), ChecksumAlgorithm.of(checksum.algorithm().trim()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.checksum.algorithm", checksum.algorithm(),
					ex.getMessage() + ".");
		}
	}

	private static ModePolicy mode(String text) {
		String word = text.trim().toLowerCase(Locale.ROOT);
		// YAML reads an unquoted 0640 as the decimal number 416, which looks like a mode
		if (!word.matches("preserve|umask|0[0-7]{3,4}")) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite.metadata.mode", text,
					"Use preserve, umask, or an octal mode with a leading zero such as 0640. "
							+ "Quote an octal mode in YAML: \"0640\".");
		}
		return ModePolicy.parse(word);
	}

}
