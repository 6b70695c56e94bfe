"""Where everything is, and how long it may take."""

import os

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
PATIENCE = 60
GAP = 500
# lease and store timeout in milliseconds; etcd's leases have whole seconds, and PostgreSQL's driver has timeouts in whole seconds
TIMES = {"redis": (600, 450), "jdbc": (600, 450), "shedlock": (600, 450), "etcd": (1000, 800)}
STATES = {"redis": (3000, 2000), "jdbc": (3000, 2000), "shedlock": (3000, 2000), "etcd": (3000, 2000)}
