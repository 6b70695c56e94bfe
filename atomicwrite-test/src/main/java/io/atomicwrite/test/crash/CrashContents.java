package io.atomicwrite.test.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.atomicwrite.test.crash.CrashImage.Content;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What may be in the files after a crash: what was synced, and of what was written since
 * what {@link UnsyncedData} allows.
 */
final class CrashContents {

	private final CrashImage before;

	private final List<CrashStep> steps;

	private final UnsyncedData data;

	private final Map<Known, Set<String>> texts = new HashMap<>();

	CrashContents(CrashImage before, List<CrashStep> steps, UnsyncedData data) {
		this.before = before;
		this.steps = steps;
		this.data = data;
	}

	/**
	 * The attributes are in the journal, up to its end, and what the disk had of the
	 * content before that.
	 */
	Set<Content> ofOrdered(int inode, int journal) {
		return link(inode).<Set<Content>>map(Set::of).orElseGet(() -> ofOrderedFile(inode, journal));
	}

	private Set<Content> ofOrderedFile(int inode, int journal) {
		int synced = lastSync(inode);
		Map<String, String> attributes = attributes(inode, Math.max(journal, synced), Integer.MAX_VALUE);
		int durable = Math.max(synced, last(inode, Kind.WRITE_OUT, journal));
		Set<Content> contents = new LinkedHashSet<>();
		texts(inode, durable).forEach((text) -> contents.add(new Content(text, attributes)));
		return contents;
	}

	/** Any of the attributes may have been written that were not synced. */
	Set<Content> ofWeak(int inode) {
		return link(inode).<Set<Content>>map(Set::of).orElseGet(() -> ofWeakFile(inode));
	}

	private Set<Content> ofWeakFile(int inode) {
		int synced = lastSync(inode);
		int pending = (int) this.steps.subList(synced, this.steps.size())
			.stream()
			.filter((step) -> step.kind() == Kind.ATTRIBUTE && step.inode() == inode)
			.count();
		Set<Content> contents = new LinkedHashSet<>();
		for (int more = 0; more <= pending; more++) {
			Map<String, String> attributes = attributes(inode, synced, more);
			texts(inode, synced).forEach((text) -> contents.add(new Content(text, attributes)));
		}
		return contents;
	}

	/**
	 * A symbolic link is in one block with its inode, or in the journal with it; nothing
	 * can sync it alone.
	 */
	private Optional<Content> link(int inode) {
		Optional<Content> old = Optional.ofNullable(this.before.files().get(inode)).filter(Content::link);
		return old.isPresent() ? old
				: this.steps.stream()
					.filter((step) -> step.kind() == Kind.SYMBOLIC_LINK && step.inode() == inode)
					.map((step) -> Content.link(step.text()))
					.findFirst();
	}

	private int lastSync(int inode) {
		return last(inode, Kind.SYNC, this.steps.size());
	}

	private int last(int inode, Kind kind, int end) {
		int last = 0;
		for (int i = 0; i < end; i++) {
			if (this.steps.get(i).kind() == kind && this.steps.get(i).inode() == inode) {
				last = i + 1;
			}
		}
		return last;
	}

	/**
	 * The attributes up to a step and some more; with no limit none after the step.
	 */
	private Map<String, String> attributes(int inode, int end, int more) {
		@Nullable Content old = this.before.files().get(inode);
		Map<String, String> attributes = new HashMap<>((old != null) ? old.attributes() : Map.of());
		int left = (more == Integer.MAX_VALUE) ? 0 : more;
		for (int i = 0; i < this.steps.size(); i++) {
			CrashStep step = this.steps.get(i);
			if (step.kind() == Kind.ATTRIBUTE && step.inode() == inode && (i < end || left-- > 0)) {
				attributes.put(step.attribute(), step.text());
			}
		}
		return attributes;
	}

	private Set<String> texts(int inode, int durable) {
		return this.texts.computeIfAbsent(new Known(inode, durable), this::possibleTexts);
	}

	private Set<String> possibleTexts(Known known) {
		@Nullable Content old = this.before.files().get(known.inode);
		StringBuilder durable = new StringBuilder((old != null) ? old.text() : "");
		List<String> pending = new ArrayList<>();
		for (int i = 0; i < this.steps.size(); i++) {
			CrashStep step = this.steps.get(i);
			if (step.kind() == Kind.WRITE && step.inode() == known.inode) {
				if (i < known.durable) {
					durable.append(step.text());
				}
				else {
					pending.add(step.text());
				}
			}
		}
		return this.data.after(durable.toString(), pending);
	}

	/**
	 * What is known of a file.
	 *
	 * @param inode the file
	 * @param durable the number of steps after which what was written is on the disk
	 */
	private record Known(int inode, int durable) {
	}

}
