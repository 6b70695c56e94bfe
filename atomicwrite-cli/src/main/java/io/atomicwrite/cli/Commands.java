package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands there are. Only the one that is called is made.
 */
final class Commands {

	static final String PROGRAM = "atomic-write";

	private static final List<String> NAMES = List.of("housekeep", "verify", "inspect", "doctor", "locks", "restore",
			"accept", "recover", "lock", "get", "set", "unset", "merge", "batch", "publish", "versions", "rollback");

	private Commands() {
	}

	/** Returns the subcommand of a name, or {@code null} if it is a file's. */
	static @Nullable Command named(String word) {
		return switch (word) {
			case "housekeep" -> new HousekeepCommand();
			case "verify" -> new VerifyCommand();
			case "inspect" -> new InspectCommand();
			case "doctor" -> new DoctorCommand();
			case "locks" -> new LocksCommand();
			case "restore" -> new RestoreCommand();
			case "accept" -> new AcceptCommand();
			case "recover" -> new RecoverCommand();
			case "lock" -> new LockCommand();
			case "get" -> new GetCommand();
			case "set" -> new SetCommand();
			case "unset" -> new UnsetCommand();
			case "merge" -> new MergeCommand();
			case "batch" -> new BatchCommand();
			case "publish" -> new PublishCommand();
			case "versions" -> new VersionsCommand();
			case "rollback" -> new RollbackCommand();
			default -> null;
		};
	}

	/** Returns all, the write first. */
	static List<Command> all() {
		List<Command> all = new ArrayList<>();
		all.add(new WriteCommand());
		for (String name : NAMES) {
			Command command = named(name);
			if (command != null) {
				all.add(command);
			}
		}
		return all;
	}

	/** What picocli parses by. */
	static CommandSpec spec(Command command) {
		CommandSpec spec = CommandSpec.wrapWithoutInspection(null, ListFactory.INSTANCE).name(fullName(command));
		for (OptionGroup group : command.groups()) {
			for (OptionSpec option : group.options()) {
				spec.addOption(option);
			}
		}
		for (PositionalParamSpec parameter : command.parameters()) {
			spec.addPositional(parameter);
		}
		for (OptionSpec option : help()) {
			spec.addOption(option);
		}
		return spec;
	}

	/** What picocli prints the help by: the same, with the options in their groups. */
	static CommandSpec described(Command command) {
		CommandSpec spec = CommandSpec.create().name(fullName(command));
		int order = 0;
		for (OptionGroup group : command.groups()) {
			ArgGroupSpec.Builder builder = ArgGroupSpec.builder()
				.heading("%n" + group.heading() + ":%n")
				.validate(false)
				.exclusive(false)
				.order(order++);
			group.options().forEach(builder::addArg);
			if (!group.options().isEmpty()) {
				spec.addArgGroup(builder.build());
			}
		}
		ArgGroupSpec.Builder other = ArgGroupSpec.builder()
			.heading("%nOther:%n")
			.validate(false)
			.exclusive(false)
			.order(order);
		help().forEach(other::addArg);
		spec.addArgGroup(other.build());
		command.parameters().forEach(spec::addPositional);
		return spec;
	}

	static String fullName(Command command) {
		return command.name().isEmpty() ? PROGRAM : PROGRAM + " " + command.name();
	}

	private static List<OptionSpec> help() {
		return List.of(
				OptionSpec.builder("-h", "--help")
					.type(boolean.class)
					.arity("0")
					.usageHelp(true)
					.description("Show this help.")
					.build(),
				OptionSpec.builder("-V", "--version")
					.type(boolean.class)
					.arity("0")
					.versionHelp(true)
					.description("Show the version.")
					.build());
	}

	/**
	 * An argument that need not be there for picocli: what is missing is reported in our
	 * words.
	 */
	static PositionalParamSpec parameter(String label, String description) {
		return PositionalParamSpec.builder()
			.index("0")
			.arity("0..1")
			.type(String.class)
			.paramLabel(label)
			.description(description)
			.build();
	}

	static PositionalParamSpec parameters(int from, String label, String description) {
		return PositionalParamSpec.builder()
			.index(from + "..*")
			.arity("0..*")
			.type(List.class)
			.auxiliaryTypes(String.class)
			.paramLabel(label)
			.description(description)
			.build();
	}

	/** The directory that was named, or the current one. */
	static String orHere(PositionalParamSpec directory) {
		String value = directory.getValue();
		return (value != null) ? value : ".";
	}

	static String required(PositionalParamSpec parameter) {
		String value = parameter.getValue();
		if (value == null) {
			throw Failure.usage("", "Missing argument: " + parameter.paramLabel());
		}
		return value;
	}

}
