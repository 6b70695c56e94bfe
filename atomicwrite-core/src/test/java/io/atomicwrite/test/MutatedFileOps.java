package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * File operations that do something else than they are asked to: the engine above them
 * behaves as one whose source is wrong in the order, the number or the kind of its calls.
 * Each factory returns what makes such operations of others; the state of a mutation
 * begins anew with each application.
 */
public abstract class MutatedFileOps extends InterceptingFileOps {

	private static final Set<Op> LOCKING = EnumSet.of(Op.OPEN_LOCK, Op.LOCK, Op.LOCK_RESIZE, Op.UNLOCK);

	private MutatedFileOps(FileOps delegate) {
		super(delegate);
	}

	/**
	 * Leaves calls out that return nothing.
	 * @param calls which
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> dropping(Predicate<FileCall> calls) {
		return replacing(calls, (files, call) -> {
		});
	}

	/**
	 * Leaves one call out that returns nothing.
	 * @param calls the calls to count
	 * @param number which of them, counted from 1
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> dropping(Predicate<FileCall> calls, int number) {
		return (delegate) -> {
			int[] count = new int[1];
			return dropping((call) -> calls.test(call) && ++count[0] == number).apply(delegate);
		};
	}

	/**
	 * Leaves calls out that return nothing, from another call on.
	 * @param first the other
	 * @param calls which
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> droppingAfter(Predicate<FileCall> first, Predicate<FileCall> calls) {
		return (delegate) -> {
			boolean[] seen = new boolean[1];
			return dropping((call) -> {
				seen[0] |= first.test(call);
				return seen[0] && calls.test(call);
			}).apply(delegate);
		};
	}

	/**
	 * Does something else in the place of calls that return nothing.
	 * @param calls which
	 * @param instead what is done
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> replacing(Predicate<FileCall> calls, Deed instead) {
		return (delegate) -> new MutatedFileOps(delegate) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (!calls.test(call)) {
					return action.run();
				}
				instead.run(delegate, call);
				return nothing();
			}

		};
	}

	/**
	 * Does something before calls.
	 * @param calls which
	 * @param before what is done
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> preceding(Predicate<FileCall> calls, Deed before) {
		return (delegate) -> new MutatedFileOps(delegate) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (calls.test(call)) {
					before.run(delegate, call);
				}
				return action.run();
			}

		};
	}

	/**
	 * Tries calls again that failed.
	 * @param calls which
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> repeatingFailed(Predicate<FileCall> calls) {
		return onFailure(calls, true);
	}

	private static UnaryOperator<FileOps> onFailure(Predicate<FileCall> calls, boolean again) {
		return (delegate) -> new MutatedFileOps(delegate) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				try {
					return action.run();
				}
				catch (IOException ex) {
					if (!calls.test(call)) {
						throw ex;
					}
					return again ? action.run() : nothing();
				}
			}

		};
	}

	/**
	 * Lets calls that return nothing pass for done when they failed.
	 * @param calls which
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> hidingFailure(Predicate<FileCall> calls) {
		return onFailure(calls, false);
	}

	/**
	 * Does not look, but returns a fixed answer.
	 * @param looks which looks
	 * @param answer the answer
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> answering(Predicate<FileCall> looks, Object answer) {
		return (delegate) -> new MutatedFileOps(delegate) {

			@Override
			@SuppressWarnings("unchecked")
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				return looks.test(call) ? (T) answer : action.run();
			}

		};
	}

	/**
	 * Looks no more from a moment on, but returns the last answer before.
	 * @param moment the first call that is the moment
	 * @param looks which looks
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> notLookingAfter(Predicate<FileCall> moment, Predicate<FileCall> looks) {
		return (delegate) -> new MutatedFileOps(delegate) {

			private final Map<FileCall, @Nullable Object> answers = new HashMap<>();

			private boolean passed;

			@Override
			@SuppressWarnings("unchecked")
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				this.passed |= moment.test(call);
				if (!looks.test(call)) {
					return action.run();
				}
				if (!this.passed || !this.answers.containsKey(call)) {
					this.answers.put(call, action.run());
				}
				return (T) this.answers.get(call);
			}

		};
	}

	/**
	 * Does a call that returns nothing after a later one: lines of the source that have
	 * changed places. It may come after the close of its file, so the disk below must be
	 * one that does not mind.
	 * @param first which calls are late
	 * @param second after which call they come
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> delaying(Predicate<FileCall> first, Predicate<FileCall> second) {
		return (delegate) -> new MutatedFileOps(delegate) {

			private final List<Action<?>> late = new ArrayList<>();

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (first.test(call)) {
					this.late.add(action);
					return nothing();
				}
				T result = action.run();
				if (second.test(call)) {
					List<Action<?>> due = List.copyOf(this.late);
					this.late.clear();
					for (Action<?> each : due) {
						each.run();
					}
				}
				return result;
			}

		};
	}

	/**
	 * Leaves calls out that return nothing, where the last change was a certain one; what
	 * is done to locks counts for nothing.
	 * @param change the change
	 * @param calls which
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> droppingRightAfter(Predicate<FileCall> change, Predicate<FileCall> calls) {
		return (delegate) -> {
			boolean[] was = new boolean[1];
			return dropping((call) -> {
				boolean dropped = was[0] && calls.test(call);
				if (call.op().changing() && !isOfLock(call)) {
					was[0] = change.test(call);
				}
				return dropped;
			}).apply(delegate);
		};
	}

	private static boolean isOfLock(FileCall call) {
		return LOCKING.contains(call.op()) || call.path().toString().endsWith(".lock");
	}

	/**
	 * Has no look at a directory that was just synced, but takes it for alive.
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> notLookingAfterASync() {
		return (delegate) -> {
			Set<Path> synced = new HashSet<>();
			return answering((call) -> {
				if (call.op() == Op.SYNC_DIRECTORY) {
					synced.add(call.path());
				}
				return call.op() == Op.KIND && synced.contains(call.path());
			}, FileStat.Kind.DIRECTORY).apply(delegate);
		};
	}

	/**
	 * Looks at the target of a lock before the lock, and never again.
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> lookingOnlyBeforeTheLock() {
		return (delegate) -> new MutatedFileOps(delegate) {

			private final Map<Path, @Nullable FileStat> seen = new HashMap<>();

			@Override
			@SuppressWarnings("unchecked")
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.OPEN_LOCK) {
					Path target = call.path()
						.resolveSibling(call.path().getFileName().toString().replaceFirst("\\.lock$", ""));
					this.seen.put(target, delegate.stat(target));
				}
				return (call.op() == Op.STAT && this.seen.containsKey(call.path())) ? (T) this.seen.get(call.path())
						: action.run();
			}

		};
	}

	/**
	 * Creates files with another mode.
	 * @param modes the mode to use instead
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> creatingWith(IntUnaryOperator modes) {
		return (delegate) -> new Unchanged(delegate) {

			@Override
			public FileHandle createExclusive(Path file, int mode) throws IOException {
				return super.createExclusive(file, modes.applyAsInt(mode));
			}

		};
	}

	/**
	 * Gives files another mode than is asked for.
	 * @param modes the mode to use instead
	 * @return the mutation
	 */
	public static UnaryOperator<FileOps> settingMode(IntUnaryOperator modes) {
		return (delegate) -> new Unchanged(delegate) {

			@Override
			public void setMode(Path file, int mode) throws IOException {
				super.setMode(file, modes.applyAsInt(mode));
			}

		};
	}

	/** For calls that return nothing. */
	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T extends @Nullable Object> T nothing() {
		return (T) null;
	}

	/**
	 * Chooses calls of some kinds.
	 * @param kinds the kinds
	 * @return what chooses them
	 */
	public static Predicate<FileCall> calls(Op... kinds) {
		return (call) -> Set.of(kinds).contains(call.op());
	}

	/**
	 * Chooses calls of a kind by the name of the file they are about, the new one of a
	 * rename or link.
	 * @param op the kind
	 * @param pattern what the whole name matches
	 * @return what chooses them
	 */
	public static Predicate<FileCall> on(Op op, String pattern) {
		return (call) -> call.op() == op
				&& Objects.requireNonNullElse(call.other(), call.path()).getFileName().toString().matches(pattern);
	}

	/**
	 * What is done in the place of a call, before or after it.
	 */
	@FunctionalInterface
	public interface Deed {

		/**
		 * Does it.
		 * @param files the operations beneath
		 * @param call the call
		 * @throws IOException if it fails
		 */
		void run(FileOps files, FileCall call) throws IOException;

	}

	private static class Unchanged extends MutatedFileOps {

		Unchanged(FileOps delegate) {
			super(delegate);
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			return action.run();
		}

	}

}
