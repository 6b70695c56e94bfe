package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that belong together, and what they come to. They are declared with picocli's
 * builders rather than with annotations, whose reading takes a short-lived process longer
 * than its work.
 */
abstract class OptionGroup {

	private final String heading;

	private final List<OptionSpec> options = new ArrayList<>();

	OptionGroup(String heading) {
		this.heading = heading;
	}

	final String heading() {
		return this.heading;
	}

	final List<OptionSpec> options() {
		return this.options;
	}

	final OptionSpec flag(String description, String... names) {
		return add(OptionSpec.builder(names).type(boolean.class).arity("0").description(description).build());
	}

	final OptionSpec value(String label, String description, String... names) {
		return add(OptionSpec.builder(names)
			.type(String.class)
			.arity("1")
			.paramLabel(label)
			.description(description)
			.build());
	}

	final OptionSpec values(String label, String description, String... names) {
		return add(OptionSpec.builder(names)
			.type(List.class)
			.auxiliaryTypes(String.class)
			.arity("1")
			.paramLabel(label)
			.description(description)
			.build());
	}

	/** Completed by the names of files. */
	final OptionSpec file(String label, String description, String... names) {
		return value(label, description, names);
	}

	final OptionSpec add(OptionSpec option) {
		this.options.add(option);
		return option;
	}

	static boolean isSet(OptionSpec option) {
		return Boolean.TRUE.equals(option.<Boolean>getValue());
	}

	static @Nullable String text(OptionSpec option) {
		return option.getValue();
	}

	static boolean isGiven(OptionSpec option) {
		Object value = option.getValue();
		return value != null && !Boolean.FALSE.equals(value);
	}

	static List<OptionSpec> given(List<OptionSpec> options) {
		List<OptionSpec> given = new ArrayList<>();
		for (OptionSpec option : options) {
			if (isGiven(option)) {
				given.add(option);
			}
		}
		return given;
	}

	/** Refuses more than one of some options. */
	static void atMostOne(OptionSpec... options) {
		List<OptionSpec> given = given(List.of(options));
		if (given.size() > 1) {
			throw Failure.usage(given.get(1).longestName(),
					"can't be given together with " + given.get(0).longestName());
		}
	}

	static @Nullable Integer mode(OptionSpec option, int allowed) {
		String text = text(option);
		if (text == null) {
			return null;
		}
		boolean octal = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch((c) -> c >= '0' && c <= '7');
		int mode = octal ? Integer.parseInt(text, 8) : -1;
		if (!octal || (mode & ~allowed) != 0 || text.length() < 3) {
			throw Failure.usage(option.longestName(), "'" + text + "' is no mode; give one in octal, such as 0640");
		}
		return mode;
	}

	static @Nullable Integer number(OptionSpec option, int least) {
		String text = text(option);
		if (text == null) {
			return null;
		}
		try {
			int number = Integer.parseInt(text);
			if (number >= least) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw Failure.usage(option.longestName(), "'" + text + "' is no number of " + least + " or more");
	}

	/** Reads the words as the properties of the starter have them. */
	static <E extends Enum<E>> E word(OptionSpec option, String text, Class<E> type) {
		try {
			return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
		}
		catch (IllegalArgumentException ex) {
			throw Failure.usage(option.longestName(),
					"'" + text + "' is none of "
							+ Arrays.stream(type.getEnumConstants())
								.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
								.collect(Collectors.joining(", ")));
		}
	}

}
