package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockStore;

/**
 * What a writer of the rig is to do, from the arguments {@code name=value} of its
 * process.
 */
final class Settings {

	private final Map<String, String> values = new HashMap<>();

	Settings(String[] arguments) {
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			this.values.put(argument.substring(0, equals), argument.substring(equals + 1));
		}
	}

	String get(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no " + name + "=");
		}
		return value;
	}

	Duration millis(String name) {
		return Duration.ofMillis(Long.parseLong(get(name)));
	}

	Path target() {
		return Path.of(get("target"));
	}

	List<Integer> ports() {
		return Arrays.stream(get("port").split(",")).map(Integer::valueOf).toList();
	}

	Engine engine() {
		return Engine.open(get("engine"), ports(), millis("store-timeout"));
	}

	/**
	 * Returns a template that stands for a host of its own: its lock file is not locked,
	 * as no lock file reaches another host.
	 */
	AtomicFileTemplate template(Engine engine) {
		return template(engine, files());
	}

	/** The files, with a wide gap before some renames. */
	FileOps files() {
		return new WideGap(millis("gap"));
	}

	private LockStore store(Engine engine) {
		Duration late = millis("late");
		return late.isZero() ? engine.store() : new LateRelease(engine.store(), late);
	}

	LockRegistry locks(Engine engine, FileOps files) {
		boolean byPath = get("keys").equals("path");
		return LockRegistry.clusterBuilder(store(engine))
			.keys((target) -> Optional.of(byPath ? target.toString() : target.getFileName().toString()))
			.leaseTime(millis("lease"))
			.storeTimeout(millis("store-timeout"))
			.hostLock(false)
			.files(get("revoke").equals("yes") ? files : new NothingListed())
			.maxClockSkew(millis("skew"))
			.build();
	}

	AtomicFileTemplate template(Engine engine, FileOps files) {
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(locks(engine, files))
			.defaults(WriteOptions.engineDefaults()
				.toBuilder()
				.lock(LockRequest.waitUpTo(Duration.ofSeconds(20)))
				.build())
			.format(new PlainNumber())
			.build();
	}

}
