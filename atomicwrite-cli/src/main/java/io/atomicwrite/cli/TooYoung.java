package io.atomicwrite.cli;

import java.util.Map;

/**
 * What a run has left because of its age alone, which would look as if there were
 * nothing.
 */
final class TooYoung {

	private TooYoung() {
	}

	static void report(Session session, long count, String what) {
		if (count > 0) {
			session.reporter()
				.report(Reporter.Level.NOTICE,
						count + " " + what + " stay, because they are too young; --older-than 0 includes them",
						Map.of("directory", session.subject(), "too_young", count));
		}
	}

}
