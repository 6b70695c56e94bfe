package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.DirectoryEvents;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * The directories that are registered with one source of events, and the tasks that each
 * of them concerns. A directory is known by path and inode: one that was renamed away
 * keeps its key, and says nothing about the path any more. Thread-safe; no lock is held
 * while the source is called.
 */
final class Registrations {

	private final DirectoryEvents events;

	private final Map<Path, Registered> byPath = new HashMap<>();

	private final Map<DirectoryEvents.Key, Set<Registered>> byKey = new HashMap<>();

	Registrations(DirectoryEvents events) {
		this.events = events;
	}

	DirectoryEvents events() {
		return this.events;
	}

	/**
	 * Registers what is missing for a task.
	 * @param task the task
	 * @param wanted the directories that concern it
	 * @param files the file operations of the thread
	 * @return whether a directory was registered, so that changes before this call may
	 * have given no event
	 * @throws IOException if a directory was refused; the others are registered
	 */
	boolean add(Task task, Map<Path, Chain.Place> wanted, TouchingFiles files) throws IOException {
		boolean added = false;
		IOException refused = null;
		for (Map.Entry<Path, Chain.Place> entry : wanted.entrySet()) {
			if (!join(task, entry.getKey(), entry.getValue())) {
				try {
					put(task, entry.getKey(), entry.getValue(),
							files.registering(entry.getKey(), () -> this.events.register(entry.getKey())));
					added = true;
				}
				catch (NoSuchFileException | NotDirectoryException ex) {
					added = true;
				}
				catch (IOException ex) {
					refused = ex;
				}
			}
		}
		if (refused != null) {
			throw refused;
		}
		return added;
	}

	/** Adds a task to a directory that is registered as it is now. */
	private synchronized boolean join(Task task, Path directory, Chain.Place place) {
		Registered known = this.byPath.get(directory);
		if (known == null || !known.is(place.identity()) || !known.key.isValid()) {
			return false;
		}
		known.tasks.put(task, place.names());
		return true;
	}

	private void put(Task task, Path directory, Chain.Place place, DirectoryEvents.Key key) {
		DirectoryEvents.Key unused = null;
		synchronized (this) {
			Registered fresh = new Registered(directory, place.identity(), key);
			Registered stale = this.byPath.put(directory, fresh);
			if (stale != null) {
				fresh.tasks.putAll(stale.tasks);
				unused = forget(stale);
			}
			fresh.tasks.put(task, place.names());
			this.byKey.computeIfAbsent(key, (any) -> new HashSet<>()).add(fresh);
			if (key.equals(unused)) {
				unused = null;
			}
		}
		if (unused != null) {
			unused.cancel();
		}
	}

	/** Ends what a task does not want any more. */
	void retain(Task task, Collection<Path> wanted) {
		List<DirectoryEvents.Key> unused = new ArrayList<>();
		synchronized (this) {
			for (Iterator<Registered> all = this.byPath.values().iterator(); all.hasNext();) {
				Registered registered = all.next();
				if (!wanted.contains(registered.directory) && registered.tasks.remove(task) != null
						&& registered.tasks.isEmpty()) {
					all.remove();
					DirectoryEvents.Key key = forget(registered);
					if (key != null) {
						unused.add(key);
					}
				}
			}
		}
		unused.forEach(DirectoryEvents.Key::cancel);
	}

	/** Returns the key if no other path uses it. */
	private DirectoryEvents.@Nullable Key forget(Registered registered) {
		Set<Registered> rest = this.byKey.computeIfPresent(registered.key, (key, same) -> {
			same.remove(registered);
			return same.isEmpty() ? null : same;
		});
		return (rest == null) ? registered.key : null;
	}

	/** Returns whether events come from all directories. */
	synchronized boolean covers(Collection<Path> directories) {
		return this.byPath.keySet().containsAll(directories);
	}

	/** Returns the tasks that an event concerns. */
	synchronized Set<Task> concerned(DirectoryEvents.Event event) {
		boolean all = event.overflow() || !event.key().isValid();
		Set<Task> concerned = new HashSet<>();
		for (Registered registered : this.byKey.getOrDefault(event.key(), Set.of())) {
			registered.tasks.forEach((task, names) -> {
				if (all || names.stream().anyMatch(event.names()::contains)) {
					concerned.add(task);
				}
			});
		}
		return concerned;
	}

	/** Returns all tasks. */
	synchronized Set<Task> all() {
		Set<Task> all = new HashSet<>();
		this.byPath.values().forEach((registered) -> all.addAll(registered.tasks.keySet()));
		return all;
	}

	/** The number of registered directories. */
	synchronized int size() {
		return this.byPath.size();
	}

	private static final class Registered {

		private final Path directory;

		private final FileStat identity;

		private final DirectoryEvents.Key key;

		private final Map<Task, Set<String>> tasks = new HashMap<>();

		private Registered(Path directory, FileStat identity, DirectoryEvents.Key key) {
			this.directory = directory;
			this.identity = identity;
			this.key = key;
		}

		private boolean is(FileStat other) {
			return this.identity.device() == other.device() && this.identity.inode() == other.inode();
		}

	}

}
