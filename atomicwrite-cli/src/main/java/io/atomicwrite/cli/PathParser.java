package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.cli.ValuePath.Step;

/**
 * Reads a path, alone or before the equals sign of an assignment. Used once.
 */
final class PathParser {

	private final String text;

	private final boolean assigns;

	private final List<Step> steps = new ArrayList<>();

	private int at;

	PathParser(String text, boolean assigns) {
		this.text = text;
		this.assigns = assigns;
	}

	ValuePath parse() {
		if (isDone()) {
			throw wrong("is empty; . names the whole file");
		}
		if (this.text.charAt(0) == '/') {
			pointer();
		}
		else {
			dotted();
		}
		return new ValuePath(this.text.substring(0, this.at), List.copyOf(this.steps));
	}

	/** Where the path ends. */
	int end() {
		return this.at;
	}

	private void pointer() {
		while (!isDone()) {
			int start = ++this.at;
			while (!isDone() && this.text.charAt(this.at) != '/') {
				this.at++;
			}
			this.steps.add(Step.token(this.text.substring(start, this.at).replace("~1", "/").replace("~0", "~")));
		}
	}

	private void dotted() {
		// as jq writes it
		if (is('.')) {
			this.at++;
			if (isDone()) {
				return;
			}
		}
		while (true) {
			if (!is('[')) {
				this.steps.add(Step.key(is('"') ? quoted() : bare()));
			}
			while (is('[')) {
				bracket();
			}
			if (isDone()) {
				return;
			}
			if (!is('.')) {
				throw wrong("needs a dot or a bracket before character " + (this.at + 1));
			}
			this.at++;
		}
	}

	private String bare() {
		int start = this.at;
		while (!isDone() && ".[]\"".indexOf(this.text.charAt(this.at)) < 0) {
			this.at++;
		}
		if (this.at == start) {
			throw wrong("lacks a key at character " + (this.at + 1));
		}
		return this.text.substring(start, this.at);
	}

	private String quoted() {
		StringBuilder key = new StringBuilder();
		this.at++;
		while (this.at < this.text.length() && !is('"')) {
			boolean escaped = is('\\') && this.at + 1 < this.text.length();
			this.at += escaped ? 1 : 0;
			key.append(this.text.charAt(this.at++));
		}
		if (this.at >= this.text.length()) {
			throw wrong("has a quote that is not closed");
		}
		this.at++;
		return key.toString();
	}

	private void bracket() {
		this.at++;
		if (is('"')) {
			this.steps.add(Step.key(quoted()));
			if (!is(']')) {
				throw wrong("has a bracket that is not closed");
			}
			this.at++;
			return;
		}
		int close = this.text.indexOf(']', this.at);
		if (close <= this.at) {
			throw wrong((close < 0) ? "has a bracket that is not closed" : "has nothing between its brackets");
		}
		String inner = this.text.substring(this.at, close);
		this.at = close + 1;
		this.steps.add(inner.equals("+") ? Step.append() : isPlace(inner) ? Step.place(inner) : Step.key(inner));
	}

	private static boolean isPlace(String inner) {
		int from = (inner.charAt(0) == '-') ? 1 : 0;
		return from < inner.length() && inner.chars().skip(from).allMatch((c) -> c >= '0' && c <= '9');
	}

	private boolean is(char expected) {
		return this.at < this.text.length() && this.text.charAt(this.at) == expected;
	}

	private boolean isDone() {
		return this.at >= this.text.length() || (this.assigns && this.text.charAt(this.at) == '=');
	}

	/** Names the path and never the value behind it. */
	private Failure wrong(String what) {
		int equals = this.assigns ? this.text.indexOf('=') : -1;
		return Failure.usage("",
				"the path '" + ((equals < 0) ? this.text : this.text.substring(0, equals)) + "' " + what);
	}

}
