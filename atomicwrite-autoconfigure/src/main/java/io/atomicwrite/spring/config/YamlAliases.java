package io.atomicwrite.spring.config;

import java.io.StringReader;
import java.util.IdentityHashMap;
import java.util.Map;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Counts what the aliases of a YAML file stand for before they are resolved: Spring
 * Boot's loader has no limit, and a chain of a dozen aliases ("billion laughs") exhausts
 * the memory.
 */
final class YamlAliases {

	private static final long LIMIT = FormatLimits.defaults().aliasNodes();

	private final Map<Node, Long> sizes = new IdentityHashMap<>();

	private YamlAliases() {
	}

	static void refuseTooMany(ConfigText text) throws MalformedContentException {
		if (text.text().indexOf('*') < 0 || text.text().indexOf('&') < 0) {
			return;
		}
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		options.setCodePointLimit(Integer.MAX_VALUE);
		for (Node document : new Yaml(options).composeAll(new StringReader(text.text()))) {
			YamlAliases aliases = new YamlAliases();
			long size = aliases.size(document);
			if (size - aliases.sizes.size() > LIMIT) {
				throw new MalformedContentException(
						"a limit is exceeded: its aliases stand for more than " + LIMIT + " values", 0, 0);
			}
		}
	}

	private long size(Node node) throws MalformedContentException {
		Long known = this.sizes.get(node);
		if (known != null && known == 0) {
			throw new MalformedContentException("an alias refers to what contains it",
					node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
		}
		if (known != null) {
			return known;
		}
		this.sizes.put(node, 0L);
		long size = 1;
		if (node instanceof SequenceNode sequence) {
			for (Node element : sequence.getValue()) {
				size = Math.min(Integer.MAX_VALUE, size + size(element));
			}
		}
		else if (node instanceof MappingNode mapping) {
			for (var entry : mapping.getValue()) {
				size = Math.min(Integer.MAX_VALUE, size + size(entry.getKeyNode()) + size(entry.getValueNode()));
			}
		}
		this.sizes.put(node, size);
		return size;
	}

}
