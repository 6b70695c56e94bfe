package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Node.Child;
import io.atomicwrite.format.syntax.Surface.Trivia;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes nodes of the events of a YAML text. Used once.
 */
final class YamlComposer {

	private static final String MERGE = "<<";

	private final String text;

	private final FormatLimits limits;

	/** Whether an alias stays one rather than becomes what it stands for. */
	private final boolean references;

	private final YamlPlaces places;

	private final Iterator<Event> events;

	private final Map<Anchor, Node> anchors = new HashMap<>();

	private final Set<Anchor> open = new HashSet<>();

	private final Map<Node, Integer> weights = new IdentityHashMap<>();

	private final List<Trivia> marks = new ArrayList<>();

	private int referred;

	private int depth;

	YamlComposer(String text, FormatLimits limits, boolean references) throws MalformedContentException {
		this.text = text;
		this.limits = limits;
		this.references = references;
		this.places = new YamlPlaces(text);
		LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
		// the library's module exports no simpler way
		this.events = new ParserImpl(settings, new StreamReader(settings, text));
	}

	/** Fails where the library is missing, rather than at the first file. */
	static void requireLibrary() {
		LoadSettings.builder();
	}

	Node compose() throws MalformedContentException {
		try {
			next();
			Event first = next();
			if (first.getEventId() == Event.ID.StreamEnd) {
				return Node.scalar(null, YamlPlaces.NOTHING, this.text.length(), this.text.length());
			}
			Node root = node(next(), this.places.offset(first.getEndMark()));
			next();
			if (next().getEventId() != Event.ID.StreamEnd) {
				throw Grammar.malformed(this.text, root.end(), "there is more than one document");
			}
			return root;
		}
		catch (MarkedYamlEngineException ex) {
			throw Grammar.malformed(this.text, place(ex), YamlPlaces.reason(ex.getProblem()));
		}
		catch (YamlEngineException ex) {
			throw new MalformedContentException("this is no YAML", 0, 0);
		}
	}

	/** What never ends is where it begins. */
	private int place(MarkedYamlEngineException failure) {
		int problem = this.places.offset(failure.getProblemMark());
		boolean atEnd = problem >= this.text.length() && failure.getContextMark().isPresent();
		return atEnd ? this.places.offset(failure.getContextMark()) : problem;
	}

	List<Trivia> trivia() {
		List<Trivia> all = new ArrayList<>(this.marks);
		all.addAll(this.places.comments());
		return all;
	}

	private Event next() {
		return this.events.next();
	}

	/** The node of an event; nothing at all stands at an offset. */
	private Node node(Event event, int from) throws MalformedContentException {
		if (event instanceof AliasEvent alias) {
			return reference(alias);
		}
		Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
		int start = this.places.offset(event.getStartMark());
		anchor.ifPresent((name) -> {
			this.marks.add(new Trivia(start, "an anchor", name.getValue()));
			this.open.add(name);
		});
		tag(event).ifPresent((tag) -> this.marks.add(new Trivia(start, "a tag", tag)));
		Node node = (event instanceof ScalarEvent scalar) ? scalar(scalar, from)
				: collection((CollectionStartEvent) event);
		int weight = 1;
		for (Child child : node.children()) {
			weight += this.weights.getOrDefault(child.node(), 1);
		}
		this.weights.put(node, weight);
		anchor.ifPresent((name) -> {
			this.open.remove(name);
			this.anchors.put(name, node);
		});
		return node;
	}

	private static Optional<String> tag(Event event) {
		return (event instanceof ScalarEvent scalar) ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
	}

	private Node reference(AliasEvent alias) throws MalformedContentException {
		int start = this.places.offset(alias.getStartMark());
		Node target = this.anchors.get(alias.getAlias());
		if (this.open.contains(alias.getAlias()) || target == null) {
			throw Grammar.malformed(this.text, start, (target == null && !this.open.contains(alias.getAlias()))
					? "the alias has no anchor" : "the alias refers to what contains it");
		}
		int weight = this.weights.getOrDefault(target, 1);
		this.referred += weight;
		if (this.referred > this.limits.aliasNodes()) {
			throw Grammar.malformed(this.text, start,
					"aliases stand for more values than the limit of " + this.limits.aliasNodes());
		}
		this.marks.add(new Trivia(start, "an alias", alias.getAlias().getValue()));
		int end = this.places.offset(alias.getEndMark());
		Node reference = this.references
				? new Node(Node.Kind.SCALAR, new Reference(alias.getAlias().getValue()), ' ', start, end, true)
				: target.referredFrom(start, end);
		this.places.leaf(start, reference.end());
		this.weights.put(reference, weight);
		return reference;
	}

	private Node scalar(ScalarEvent event, int from) throws MalformedContentException {
		int start = this.places.start(event);
		int end = this.places.end(event);
		boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
		if (plain && event.getValue().isEmpty() && start >= end) {
			boolean properties = event.getAnchor().isPresent() || event.getTag().isPresent();
			return Node.scalar(resolved(event), properties ? YamlPlaces.UNSET : YamlPlaces.NOTHING,
					properties ? end : from, properties ? end : from);
		}
		this.places.leaf(start, end);
		char style = plain ? ' ' : event.getScalarStyle().toString().charAt(0);
		if (plain && event.getValue().length() > this.limits.numberLength()
				&& event.getValue().chars().allMatch((next) -> next <= '9')) {
			throw Grammar.malformed(this.text, start,
					"the number is longer than the limit of " + this.limits.numberLength() + " characters");
		}
		return Node.scalar(resolved(event), style, start, end);
	}

	private static @Nullable Object resolved(ScalarEvent event) {
		String tag = event.getTag().orElse("");
		boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
		boolean core = !tag.isEmpty() && tag.matches("tag:yaml\\.org,2002:(int|float|bool|null)");
		return ((plain && tag.isEmpty()) || core) ? YamlScalars.resolve(event.getValue()) : event.getValue();
	}

	private Node collection(CollectionStartEvent event) throws MalformedContentException {
		if (++this.depth > this.limits.depth()) {
			throw Grammar.malformed(this.text, this.places.offset(event.getStartMark()),
					"this is nested deeper than the limit of " + this.limits.depth());
		}
		int start = this.places.start(event);
		boolean map = event instanceof MappingStartEvent;
		char style = !event.isFlow() ? YamlPlaces.BLOCK : (start < this.text.length()) ? this.text.charAt(start) : ' ';
		Node node = map ? Node.map(style, start) : Node.list(style, start);
		Event end = map ? entries(node, event.isFlow()) : elements(node, event.isFlow());
		if (event.isFlow()) {
			node.endAt(this.places.offset(end.getEndMark()));
		}
		else if (!node.children().isEmpty()) {
			node.startAt(node.children().get(0).start());
			node.endAt(node.children().get(node.children().size() - 1).end());
		}
		this.depth--;
		return node;
	}

	private Event elements(Node node, boolean flow) throws MalformedContentException {
		int done = node.start();
		Event event = next();
		while (event.getEventId() != Event.ID.SequenceEnd) {
			int dash = flow ? this.places.offset(event.getStartMark()) : this.places.dash(done);
			int from = flow ? dash : dash + 1;
			Child child = new Child("", dash, from, node(event, from), false);
			node.add(child);
			done = child.end();
			event = next();
		}
		return event;
	}

	private Event entries(Node node, boolean flow) throws MalformedContentException {
		Set<String> keys = new HashSet<>();
		List<Child> merged = new ArrayList<>();
		Event event = next();
		while (event.getEventId() != Event.ID.MappingEnd) {
			if (!(event instanceof ScalarEvent scalar)) {
				throw Grammar.malformed(this.text, this.places.offset(event.getStartMark()),
						"a key must be a text, not a list, a map or an alias");
			}
			int start = this.places.offset(event.getStartMark());
			int end = this.places.end(scalar);
			this.places.leaf(this.places.start(event), end);
			int from = this.places.afterColon(end);
			Node value = node(next(), from);
			boolean merges = !this.references && scalar.getScalarStyle() == ScalarStyle.PLAIN
					&& scalar.getValue().equals(MERGE) && isMergeable(value);
			if (merges) {
				merge(value, merged);
				node.add(new Child(MERGE, start, from, value.referredFrom(value.start(), value.end()), true));
			}
			else {
				if (!keys.add(scalar.getValue())) {
					throw Grammar.malformed(this.text, start, "the key '" + scalar.getValue() + "' is there twice");
				}
				node.add(new Child(scalar.getValue(), start, from, value, false));
			}
			event = next();
		}
		resolveMerges(node, keys, merged);
		return event;
	}

	private static boolean isMergeable(Node value) {
		return value.isMap() || (!value.isScalar() && value.children().stream().allMatch((it) -> it.node().isMap()));
	}

	/** What a merge key refers to, the first of equal keys first. */
	private static void merge(Node value, List<Child> merged) {
		if (value.isMap()) {
			value.children()
				.forEach((child) -> merged.add(new Child(child.key(), value.start(), value.end(),
						child.node().referredFrom(value.start(), value.end()), true)));
		}
		else {
			value.children().forEach((child) -> merge(child.node(), merged));
		}
	}

	private static void resolveMerges(Node node, Set<String> keys, List<Child> merged) {
		node.children().removeIf((child) -> child.merged() && child.key().equals(MERGE));
		merged.stream().filter((child) -> keys.add(child.key())).forEach(node::add);
	}

}
