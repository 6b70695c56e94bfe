package io.atomicwrite.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One job of the program: what it takes, and what it does.
 */
interface Command {

	/** The word that chooses it; empty for the write, which needs none. */
	String name();

	/** What it does, in a sentence for each paragraph. */
	List<String> description();

	List<OptionGroup> groups();

	List<PositionalParamSpec> parameters();

	/** How it is called, without the name of the program. */
	String synopsis();

	/** What its exit statuses mean, where that is not what they mean everywhere. */
	default Map<String, String> statuses() {
		return Map.of();
	}

	/** Command lines, each with what it does. */
	Map<String, String> examples();

	/**
	 * Does the job.
	 * @param session what it runs with
	 * @return the exit status
	 */
	int run(Session session) throws IOException;

}
