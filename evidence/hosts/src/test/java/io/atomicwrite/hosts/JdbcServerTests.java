package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;

class JdbcServerTests extends ServerContract {

	JdbcServerTests() {
		super("jdbc", Duration.ofMillis(500));
	}

	@Override
	RunningServer start(Path data) throws Exception {
		return RunningServer.postgres(data);
	}

}
