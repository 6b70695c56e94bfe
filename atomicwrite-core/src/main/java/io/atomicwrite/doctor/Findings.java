package io.atomicwrite.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the findings of one diagnosis.
 */
final class Findings {

	private final Set<Capability> expected = EnumSet.noneOf(Capability.class);

	private final String type;

	private final List<Finding> all = new ArrayList<>();

	/**
	 * Creates a collection.
	 * @param type the type of the filesystem
	 * @param expected what the matrix says that can be done there
	 */
	Findings(String type, Set<Capability> expected) {
		this.type = type;
		this.expected.addAll(expected);
	}

	void ok(FindingCode code, String message) {
		add(code, Severity.OK, message, null);
	}

	void info(FindingCode code, String message) {
		add(code, Severity.INFO, message, null);
	}

	void unknown(FindingCode code, String why, @Nullable String remedy) {
		add(code, Severity.UNKNOWN, why, remedy);
	}

	/**
	 * Adds a failure; one that the matrix tells beforehand is no more than worth knowing.
	 */
	void failed(FindingCode code, String message, String remedy) {
		if (isExpected(code)) {
			add(code, code.failure(), message, remedy);
		}
		else {
			add(code, Severity.INFO, message + ", as is known of " + this.type, null);
		}
	}

	/** Whether a success is to be expected, by what is known of the filesystem. */
	boolean isExpected(FindingCode code) {
		Capability capability = code.capability();
		return capability == null || this.expected.contains(capability);
	}

	/** Tries something out: an I/O error is its failure. */
	void attempt(FindingCode code, String remedy, Attempt attempt) {
		try {
			ok(code, attempt.run());
		}
		catch (ProbeFailure ex) {
			failed(code, String.valueOf(ex.getMessage()), remedy);
		}
		catch (IOException ex) {
			failed(code, IoErrors.text(ex), remedy);
		}
		catch (UnsupportedOperationException ex) {
			failed(code, "this platform has no such call", remedy);
		}
	}

	void add(FindingCode code, Severity severity, String message, @Nullable String remedy) {
		this.all.add(new Finding(code, severity, message, remedy));
	}

	/** Puts another finding in the place of those about something. */
	void replace(FindingCode code, Severity severity, String message) {
		this.all.removeIf((finding) -> finding.code() == code);
		add(code, severity, message, null);
	}

	boolean has(FindingCode code) {
		return this.all.stream().anyMatch((finding) -> finding.code() == code);
	}

	List<Finding> inOrder() {
		List<Finding> sorted = new ArrayList<>(this.all);
		sorted.sort((one, other) -> one.code().compareTo(other.code()));
		return sorted;
	}

	/** Something to try out. */
	@FunctionalInterface
	interface Attempt {

		/**
		 * Tries it.
		 * @return what was found, if it is as it should be
		 * @throws IOException if it is not
		 */
		String run() throws IOException;

	}

	/** What was tried did something else than it should. */
	static final class ProbeFailure extends IOException {

		private static final long serialVersionUID = 1L;

		ProbeFailure(String message) {
			super(message);
		}

	}

}
