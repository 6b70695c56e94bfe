package io.atomicwrite.spring.health;

import java.util.Arrays;
import java.util.Objects;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;

/**
 * The health of one contributor, as a path of the endpoint addresses it.
 */
public final class HealthOf {

	private HealthOf() {
	}

	public static Health path(ApplicationContext context, String... names) {
		HealthContributor found = context.getBean(AtomicWriteHealthContributor.class);
		for (String name : names) {
			found = Objects.requireNonNull(((CompositeHealthContributor) found).getContributor(name),
					() -> Arrays.toString(names));
		}
		return Objects.requireNonNull(((HealthIndicator) found).health());
	}

	public static Health directory(ApplicationContext context, String name) {
		return path(context, "directories", name);
	}

	public static Health document(ApplicationContext context, String name) {
		return path(context, "documents", name);
	}

}
