package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * The file operations of one of two writers, who takes turns with the other at each call
 * that sees or changes what both can see.
 */
final class RaceFileOps extends InterceptingFileOps {

	/** Whether the other comes before or after these makes no difference to anybody. */
	private static final Set<Op> APART = EnumSet.of(Op.MOUNT, Op.IS_MOUNT_POINT, Op.CHECK_ACCESS, Op.SPACE, Op.MARK,
			Op.CLOSE, Op.OPEN_DIRECTORY, Op.CLOSE_DIRECTORY, Op.SET_MODE, Op.SET_OWNER, Op.LOCK_READ, Op.LOCK_SIZE);

	private final RaceSchedule schedule;

	private final int writer;

	RaceFileOps(FileOps delegate, RaceSchedule schedule, int writer) {
		super(delegate);
		this.schedule = schedule;
		this.writer = writer;
	}

	@Override
	public boolean exists(Path path) throws IOException {
		this.schedule.next(this.writer);
		return super.exists(path);
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		if (!APART.contains(call.op())) {
			this.schedule.next(this.writer);
		}
		T result = action.run();
		if (call.op() == Op.LOCK && Boolean.FALSE.equals(result)) {
			this.schedule.waits(this.writer);
		}
		else if (call.op() == Op.UNLOCK) {
			this.schedule.released();
		}
		return result;
	}

}
