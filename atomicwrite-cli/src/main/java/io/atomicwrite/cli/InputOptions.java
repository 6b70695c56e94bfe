package io.atomicwrite.cli;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the content comes from, and how it is read.
 */
final class InputOptions extends OptionGroup {

	private final OptionSpec input = file("FILE",
			"Read this file instead of standard input, which - names. Whatever can be read will do: a FIFO, <(…), a device.",
			"-i", "--input");

	private final OptionSpec stream = flag("Take the lock first and pass the input on as it comes, in constant memory, "
			+ "whatever its size. Default: read all of it, then take the lock.", "--stream");

	private final OptionSpec allowEmpty = flag("Write an empty file if the input is empty. Default: an error.",
			"--allow-empty");

	InputOptions() {
		super("Input");
	}

	boolean streams() {
		return isSet(this.stream);
	}

	boolean allowsEmpty() {
		return isSet(this.allowEmpty);
	}

	@Nullable String file() {
		return text(this.input);
	}

	Input open(FileOps files) {
		String file = file();
		return (file != null) ? Input.of(files, file) : Input.standard();
	}

}
