package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the mount of a path by walking the tree of mounts from the root, so that mounts
 * stacked on or hidden by others are told apart, which no match by prefix can do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">
 * proc_pid_mountinfo(5)</a>
 */
final class MountTree {

	/**
	 * In a chroot whose root is no mount, the table does not have the one of the root.
	 */
	private static final Node UNSEEN_ROOT = new Node(-1, -1, new Mount(Path.of("/"), "unknown", "", List.of()));

	private final Map<Integer, List<Node>> children = new HashMap<>();

	private final Set<Path> points = new HashSet<>();

	private final @Nullable Node root;

	private MountTree(List<Node> nodes) {
		Set<Integer> ids = new LinkedHashSet<>();
		nodes.forEach((node) -> {
			ids.add(node.id);
			this.points.add(node.mount.point());
		});
		Node top = null;
		for (Node node : nodes) {
			boolean parentUnseen = node.parent == node.id || !ids.contains(node.parent);
			if (node.parent != node.id) {
				this.children.computeIfAbsent(parentUnseen ? UNSEEN_ROOT.id : node.parent, (id) -> new ArrayList<>())
					.add(node);
			}
			if (node.mount.point().equals(Path.of("/")) && (top == null || parentUnseen)) {
				top = node;
			}
		}
		this.root = (top != null || nodes.isEmpty()) ? top : UNSEEN_ROOT;
	}

	static MountTree parse(String mountInfo) {
		List<Node> nodes = new ArrayList<>();
		for (String line : mountInfo.split("\n")) {
			Node node = parseLine(line);
			if (node != null) {
				nodes.add(node);
			}
		}
		return new MountTree(nodes);
	}

	/** Parses a line; one that does not have the documented form is passed over. */
	private static @Nullable Node parseLine(String line) {
		// 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
		String[] fields = line.split(" ");
		int separator = List.of(fields).indexOf("-");
		if (separator < 6 || fields.length < separator + 3) {
			return null;
		}
		try {
			Set<String> options = new LinkedHashSet<>(List.of(fields[5].split(",")));
			if (fields.length > separator + 3) {
				List<String> ofFilesystem = List.of(unescape(fields[separator + 3]).split(","));
				// the mount's own rw or ro counts; that of the filesystem only if it is
				// ro
				ofFilesystem.stream().filter((option) -> !option.equals("rw")).forEach(options::add);
			}
			if (options.contains("ro")) {
				options.remove("rw");
			}
			Mount mount = new Mount(Path.of(unescape(fields[4])), fields[separator + 1],
					unescape(fields[separator + 2]), fields[2], List.copyOf(options));
			return new Node(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), mount);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Spaces, tabs, newlines and backslashes stand as a backslash and three octal digits.
	 */
	private static String unescape(String field) {
		if (field.indexOf('\\') < 0) {
			return field;
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < field.length(); i++) {
			char c = field.charAt(i);
			if (c == '\\' && i + 3 < field.length()) {
				text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
				i += 3;
			}
			else {
				text.append(c);
			}
		}
		return text.toString();
	}

	/** Whether something is mounted at exactly that place, and not hidden by another. */
	boolean isPoint(Path canonical) {
		if (!this.points.contains(canonical)) {
			return false;
		}
		Mount mount = find(canonical);
		return mount != null && mount.point().equals(canonical);
	}

	@Nullable Mount find(Path canonical) {
		if (this.root == null) {
			return null;
		}
		Path at = Path.of("/");
		Node node = top(this.root, at);
		for (Path name : canonical) {
			at = at.resolve(name);
			node = top(node, at);
		}
		return node.mount;
	}

	/** The uppermost of the mounts stacked at a place. */
	private Node top(Node from, Path at) {
		Node node = from;
		int left = this.children.size();
		// a table that was read while it changed may go round in a circle
		for (Node next = child(node, at); next != null && left >= 0; next = child(node, at)) {
			node = next;
			left--;
		}
		return node;
	}

	private @Nullable Node child(Node node, Path at) {
		for (Node child : this.children.getOrDefault(node.id, List.of())) {
			if (child.mount.point().equals(at)) {
				return child;
			}
		}
		return null;
	}

	private record Node(int id, int parent, Mount mount) {
	}

}
