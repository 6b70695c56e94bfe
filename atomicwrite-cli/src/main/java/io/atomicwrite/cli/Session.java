package io.atomicwrite.cli;

import java.io.PrintStream;

/**
 * What a command runs with.
 */
final class Session {

	private final Reporter reporter;

	private final Interruption interruption;

	private final PrintStream out;

	private volatile String subject = "";

	private volatile String afterInterrupt = Failure.AS_IT_WAS;

	Session(Reporter reporter, Interruption interruption, PrintStream out) {
		this.reporter = reporter;
		this.interruption = interruption;
		this.out = out;
	}

	Reporter reporter() {
		return this.reporter;
	}

	Interruption interruption() {
		return this.interruption;
	}

	/** Standard output: reports, and nothing about how the command fares. */
	PrintStream out() {
		return this.out;
	}

	/** Returns the file that the command is about, as the user named it. */
	String subject() {
		return this.subject;
	}

	/** Returns what is as it was after an interrupt. */
	String afterInterrupt() {
		return this.afterInterrupt;
	}

	void afterInterrupt(String hint) {
		this.afterInterrupt = hint;
	}

	void about(String name) {
		this.subject = name;
	}

}
