package io.atomicwrite.spring.directory;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * How long the start waits for a file, where the properties of the auto-configuration are
 * not at hand.
 */
public final class StartupLimit {

	private static final String PROPERTY = "atomicwrite.startup-timeout";

	private static final Duration DEFAULT = Duration.ofSeconds(60);

	private StartupLimit() {
	}

	/**
	 * Returns what helps where a filesystem has not answered within the limit.
	 * @return two sentences, which name the property
	 */
	public static String remedy() {
		return "Find its mount in /proc/self/mountinfo and check that the server or daemon behind it runs and can be "
				+ "reached. If it only needs longer, increase '" + PROPERTY + "'.";
	}

	/**
	 * Reads the limit. The auto-configuration refuses one that is no positive time.
	 * @param binder binds what is known of the environment
	 * @return the limit, or the default for one that is refused
	 */
	public static Duration of(Binder binder) {
		String text = binder.bind(PROPERTY, String.class).orElse("");
		try {
			Duration limit = StringUtils.hasText(text) ? DurationStyle.detectAndParse(text.trim(), ChronoUnit.SECONDS)
					: DEFAULT;
			return (limit.isNegative() || limit.isZero()) ? DEFAULT : limit;
		}
		catch (IllegalArgumentException ex) {
			return DEFAULT;
		}
	}

}
