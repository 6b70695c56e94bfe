package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;

class RedisServerTests extends ServerContract {

	RedisServerTests() {
		super("redis", Duration.ofMillis(500));
	}

	@Override
	RunningServer start(Path data) throws Exception {
		return RunningServer.redis(data);
	}

}
