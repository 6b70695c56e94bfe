package io.atomicwrite.test.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;

/**
 * Assertions on the health of atomic writes, of a managed directory or of a document. The
 * health is asked for when the assertions are started.
 */
public final class AtomicHealthAssert extends AbstractAssert<AtomicHealthAssert, HealthDescriptor> {

	private static final String ROOT = "atomicwrite";

	private final HealthEndpoint endpoint;

	private final String name;

	private AtomicHealthAssert(HealthEndpoint endpoint, @Nullable HealthDescriptor health, String name) {
		super(health, AtomicHealthAssert.class);
		this.endpoint = endpoint;
		this.name = name;
	}

	static AtomicHealthAssert of(HealthEndpoint endpoint, String... path) {
		List<String> all = new ArrayList<>(List.of(ROOT));
		all.addAll(Arrays.asList(path));
		return new AtomicHealthAssert(endpoint, endpoint.healthForPath(all.toArray(String[]::new)),
				String.join("/", all));
	}

	/**
	 * Starts assertions on the health of a managed directory.
	 * @param directory its name
	 * @return the assertions
	 */
	public AtomicHealthAssert ofDirectory(String directory) {
		return of(this.endpoint, "directories", directory);
	}

	/**
	 * Starts assertions on the health of a document.
	 * @param document its name
	 * @return the assertions
	 */
	public AtomicHealthAssert ofDocument(String document) {
		return of(this.endpoint, "documents", document);
	}

	/**
	 * Verifies that the status is {@code UP}.
	 * @return this assertion
	 */
	public AtomicHealthAssert isUp() {
		return hasStatus(Status.UP.getCode());
	}

	/**
	 * Verifies the status.
	 * @param status the status, such as {@code DEGRADED} or {@code INVALID}
	 * @return this assertion
	 */
	public AtomicHealthAssert hasStatus(String status) {
		String found = known().getStatus().getCode();
		if (!found.equals(status)) {
			throw failureWithActualExpected(found, status, "Expecting the health %s to be %s, but it is %s with%n  %s",
					this.name, status, found, details());
		}
		return this;
	}

	/**
	 * Verifies that a detail has a value.
	 * @param detail the name of the detail
	 * @param value the value
	 * @return this assertion
	 */
	public AtomicHealthAssert hasDetail(String detail, Object value) {
		Object found = details().get(detail);
		if (!Objects.deepEquals(found, value)) {
			throw failureWithActualExpected(String.valueOf(found), value,
					"Expecting the health %s to have the detail %s of %s, but it has%n  %s", this.name, detail, value,
					details());
		}
		return this;
	}

	/**
	 * Verifies that one of the problems contains a text.
	 * @param text the text
	 * @return this assertion
	 */
	public AtomicHealthAssert hasProblem(String text) {
		if (!String.valueOf(details().get("problems")).contains(text)) {
			throw failure("Expecting the health %s to have a problem with%n  %s%nbut it has%n  %s", this.name, text,
					details());
		}
		return this;
	}

	private Map<String, Object> details() {
		return (known() instanceof IndicatedHealthDescriptor leaf && leaf.getDetails() != null) ? leaf.getDetails()
				: Map.of();
	}

	private HealthDescriptor known() {
		if (this.actual == null) {
			throw failure("Expecting the health %s to exist. Is it configured, and is"
					+ " management.health.atomicwrite.enabled not false?", this.name);
		}
		return this.actual;
	}

}
