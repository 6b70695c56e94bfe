package io.atomicwrite.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Removes values.
 */
final class UnsetCommand extends EditCommand {

	private static final Comparator<TreeChange> LAST_FIRST = (one, other) -> -compare(one.path(), other.path());

	private final PositionalParamSpec paths = Commands.parameters(1, "PATH",
			"What to remove. All paths mean the file as it is before.");

	UnsetCommand() {
		super("unset", false);
	}

	@Override
	public List<String> description() {
		return List.of("Removes values from a JSON, YAML, TOML or properties file, and keeps the rest of its text.",
				WHOLE + " What is not there needs no removal.", PATHS);
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE PATH...";
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write unset app.yaml 'hosts[-1]' debug", "remove the last host, and a key");
		return examples;
	}

	@Override
	List<PositionalParamSpec> ownParameters() {
		return List.of(this.paths);
	}

	@Override
	TreeEdit change(DataFormat format) {
		List<String> given = this.paths.getValue();
		if (given == null || given.isEmpty()) {
			throw Failure.usage("", "Missing argument: PATH");
		}
		List<ValuePath> all = new ArrayList<>();
		for (String text : given) {
			FileName.requireRepresentable(text);
			ValuePath path = ValuePath.parse(text);
			if (path.steps().isEmpty()) {
				throw Failure.usage("", "the path . names the whole file: remove that with rm");
			}
			all.add(path);
		}
		return (tree) -> changes(tree, all, format);
	}

	private static List<TreeChange> changes(@Nullable Object tree, List<ValuePath> all, DataFormat format) {
		List<TreeChange> changes = new ArrayList<>();
		for (ValuePath path : all) {
			Located place = Located.find(tree, path, format);
			TreeChange change = TreeChange.remove(place.path());
			if (place.present() && !changes.contains(change)) {
				changes.add(change);
			}
		}
		// what is removed first must not move the rest
		changes.sort(LAST_FIRST);
		Object now = tree;
		for (TreeChange change : changes) {
			if (format == DataFormat.PROPERTIES) {
				requireNothingBelow(now, change.path());
			}
			now = change.apply(now);
		}
		return changes;
	}

	/** A key that is the begin of others: without its value these would be below it. */
	private static void requireNothingBelow(@Nullable Object tree, List<Object> path) {
		Object node = tree;
		for (Object step : path.subList(0, path.size() - 1)) {
			node = (step instanceof Integer place && node instanceof List<?> list) ? list.get(place)
					: (node instanceof Map<?, ?> map) ? map.get(step) : null;
		}
		String key = String.valueOf(path.get(path.size() - 1));
		if (node instanceof Map<?, ?> map) {
			for (Object other : map.keySet()) {
				if (other.toString().startsWith(key + ".") || other.toString().startsWith(key + "[")) {
					throw Failure.of("", "the key '" + key + "' has a value and is the begin of '" + other + "'",
							"unset that first");
				}
			}
		}
	}

	private static int compare(List<Object> one, List<Object> other) {
		for (int i = 0; i < one.size() && i < other.size(); i++) {
			boolean places = one.get(i) instanceof Integer && other.get(i) instanceof Integer;
			int difference = places ? Integer.compare((Integer) one.get(i), (Integer) other.get(i))
					: one.get(i).toString().compareTo(other.get(i).toString());
			if (difference != 0) {
				return difference;
			}
		}
		return Integer.compare(one.size(), other.size());
	}

}
