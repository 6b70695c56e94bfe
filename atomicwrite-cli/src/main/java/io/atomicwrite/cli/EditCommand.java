package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Changes values of a file and leaves the rest of its text alone: reads, changes and
 * writes under the lock.
 */
abstract class EditCommand implements Command {

	static final String WHOLE = "The rest of the text stays: comments, order, quotes, indent. The file is read, changed and "
			+ "written under the lock, in one step, and only if a value really changes.";

	static final String PATHS = "A path is a.b, hosts[0], hosts[-1] for the last element, a.\"b.c\" for a key with a dot, "
			+ "or a JSON pointer: /a/b, /hosts/0.";

	private final String name;

	private final EditOptions edit;

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final BackupOptions backup = new BackupOptions();

	private final MetadataOptions metadata = new MetadataOptions();

	private final ContentOptions content = new ContentOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec file = Commands.parameter("FILE", "The file to change.");

	EditCommand(String name, boolean creates) {
		this.name = name;
		this.edit = new EditOptions(creates);
	}

	@Override
	public final String name() {
		return this.name;
	}

	/** The options of this change alone, or none. */
	List<OptionGroup> ownGroups() {
		return List.of();
	}

	@Override
	public final List<OptionGroup> groups() {
		List<OptionGroup> groups = new ArrayList<>(ownGroups());
		groups.addAll(List.of(this.edit, this.lock, this.companions, this.backup, this.metadata, this.content,
				this.safety, this.output));
		return groups;
	}

	/** What is given beside the file, or nothing. */
	List<PositionalParamSpec> ownParameters() {
		return List.of();
	}

	@Override
	public final List<PositionalParamSpec> parameters() {
		List<PositionalParamSpec> parameters = new ArrayList<>();
		parameters.add(this.file);
		parameters.addAll(ownParameters());
		return parameters;
	}

	/** What is to change; reads what it needs for that. */
	abstract TreeEdit change(DataFormat format) throws IOException;

	@Override
	public final int run(Session session) throws IOException {
		String target = Commands.required(this.file);
		session.about(target);
		Path path = FileName.parse(target);
		WriteOptions.Builder options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(this.lock.request())
			.backup(this.backup.policy())
			.mode(this.metadata.mode())
			.owner(this.metadata.owner())
			.reportVersion(session.reporter().isJson())
			.reportLosses(session.reporter().reports(Reporter.Level.INFO));
		this.content.apply(options);
		this.safety.apply(options);
		DataFormat format = this.edit.format(target);
		ContentEdit change = new ContentEdit(format, this.edit.formatting(), change(format), this.edit.schema());
		return new FileChange(session, path, change, this.edit.creates()).run(this.content, options.build(),
				(built) -> new Engine(session, this.lock, this.companions, built), this.lock.request());
	}

}
