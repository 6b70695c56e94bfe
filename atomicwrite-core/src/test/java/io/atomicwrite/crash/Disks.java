package io.atomicwrite.crash;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStates;
import io.atomicwrite.test.crash.CrashStates.Profile;
import io.atomicwrite.test.crash.CrashStates.State;
import io.atomicwrite.test.crash.CrashStep;

/**
 * The disks that a crash may leave on a filesystem of any profile, with all their names.
 *
 * @param images the distinct ones
 * @param raw how many there were, equal ones counted each time
 */
record Disks(Set<CrashImage> images, long raw) {

	private static final Predicate<Path> NO_NAME = (name) -> false;

	/** Those of a crash before, between and after the steps. */
	static Disks during(CrashImage before, List<CrashStep> steps) {
		return of((profile) -> CrashStates.of(before, steps, profile, NO_NAME));
	}

	/** Those of a crash right after the last step. */
	static Disks afterLast(CrashImage before, List<CrashStep> steps) {
		return of((profile) -> CrashStates.afterLast(before, steps, profile, NO_NAME));
	}

	private static Disks of(Function<Profile, CrashStates> enumeration) {
		Set<CrashImage> images = new LinkedHashSet<>();
		long raw = 0;
		for (Profile profile : Profile.values()) {
			CrashStates states = enumeration.apply(profile);
			raw += states.raw();
			states.found().keySet().stream().map(State::image).forEach(images::add);
		}
		return new Disks(images, raw);
	}

}
