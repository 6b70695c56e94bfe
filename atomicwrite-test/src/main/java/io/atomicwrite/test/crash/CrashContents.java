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

	private final Map<Integer, Set<String>> texts = new HashMap<>();

	CrashContents(CrashImage before, List<CrashStep> steps, UnsyncedData data) {
		this.before = before;
		this.steps = steps;
		this.data = data;
	}

	/** The attributes are in the journal, up to its end. */
	Set<Content> ofOrdered(int inode, int journal) {
		return link(inode).<Set<Content>>map(Set::of).orElseGet(() -> ofOrderedFile(inode, journal));
	}

	private Set<Content> ofOrderedFile(int inode, int journal) {
		Map<String, String> attributes = attributes(inode, Math.max(journal, lastSync(inode)), Integer.MAX_VALUE);
		Set<Content> contents = new LinkedHashSet<>();
		texts(inode).forEach((text) -> contents.add(new Content(text, attributes)));
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
			texts(inode).forEach((text) -> contents.add(new Content(text, attributes)));
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
		int last = 0;
		for (int i = 0; i < this.steps.size(); i++) {
			if (this.steps.get(i).kind() == Kind.SYNC && this.steps.get(i).inode() == inode) {
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

	private Set<String> texts(int inode) {
		return this.texts.computeIfAbsent(inode, this::possibleTexts);
	}

	private Set<String> possibleTexts(int inode) {
		@Nullable Content old = this.before.files().get(inode);
		StringBuilder durable = new StringBuilder((old != null) ? old.text() : "");
		List<String> pending = new ArrayList<>();
		int synced = lastSync(inode);
		for (int i = 0; i < this.steps.size(); i++) {
			CrashStep step = this.steps.get(i);
			if (step.kind() == Kind.WRITE && step.inode() == inode) {
				if (i < synced) {
					durable.append(step.text());
				}
				else {
					pending.add(step.text());
				}
			}
		}
		return this.data.after(durable.toString(), pending);
	}

}
