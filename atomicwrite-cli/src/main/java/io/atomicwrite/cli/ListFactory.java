package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes the lists of options that are given more than once, which is all that picocli
 * needs here. Its own factory looks for a class of Groovy, and searches the whole jar for
 * it at each start.
 */
enum ListFactory implements IFactory {

	INSTANCE;

	@Override
	public <K> K create(Class<K> type) throws Exception {
		return (type == List.class) ? type.cast(new ArrayList<>()) : CommandLine.defaultFactory().create(type);
	}

}
