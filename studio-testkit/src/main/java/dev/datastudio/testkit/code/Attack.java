package dev.datastudio.testkit.code;

/**
 * What hostile Python tries. Each statement or expression in {@link #attempts} must fail; the variables {@code canary}
 * (a file of the host), {@code folder} (where it lies), {@code home}, {@code port} (of a listener on the loopback
 * address) and {@code pid} (of the host program) are set, {@code os}, {@code socket}, {@code subprocess},
 * {@code ctypes} and {@code libc} are there.
 */
enum Attack {
    READS_HOST_FILES(
            "open('/etc/passwd')",
            "open('/etc/shadow')",
            "open(canary)",
            "open('../../../..' + canary)",
            "os.listdir(folder)",
            "os.listdir(home)",
            "os.listdir('/root')",
            "os.listdir('/home')",
            "os.listdir('/var')",
            "os.listdir('/run')",
            "os.listdir('/sys')",
            "os.stat('/usr/src')"),
    FOLLOWS_LINKS_TO_HOST_FILES(
            "os.symlink(canary, 'link') or open('link')",
            "os.link(canary, 'hard')",
            "os.symlink('/etc', 'etc') or open('etc/passwd')"),
    CHANGES_HOST_FILES(
            "open(canary, 'w')",
            "os.remove(canary)",
            "os.chmod(canary, 0o777)",
            "open(folder + '/planted', 'w')",
            "os.mkdir(folder + '/planted')"),
    CHANGES_THE_JAIL(
            "open('/planted', 'w')",
            "os.mkdir('/planted')",
            "open('/usr/lib/planted', 'w')",
            "open('/usr/bin/python3', 'r+')",
            "open('/dev/planted', 'w')",
            "open('/etc/planted', 'w')"),
    READS_DEVICES(
            "os.mknod('disk', 0o060666, os.makedev(8, 0)) or open('disk')",
            "open('/dev/sda')",
            "open('/dev/vda')",
            "open('/dev/kvm')",
            "open('/dev/mem')",
            "open('/dev/fuse')"),
    CONNECTS(
            "socket.create_connection(('127.0.0.1', port), 5)",
            "socket.create_connection(('::1', port), 5)",
            "__import__('urllib.request').request.urlopen('http://127.0.0.1:%d/' % port, timeout=5)",
            "socket.getaddrinfo('example.com', 443)",
            "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', port))",
            "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
            "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
            "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
            "socket.socket(40, socket.SOCK_STREAM)",
            "socket.socket(38, socket.SOCK_SEQPACKET)"),
    LISTENS("socket.create_server(('0.0.0.0', 0))", "socket.create_server(('::', 0), family=socket.AF_INET6)"),
    REACHES_SERVICES_OF_THE_HOST(
            "socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')",
            "socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')",
            "socket.socket(socket.AF_UNIX).connect('\\0/tmp/.X11-unix/X0')"),
    STARTS_PROGRAMS(
            "subprocess.run(['/usr/bin/cat', canary], check=True)",
            "subprocess.run('cat /etc/passwd', shell=True, check=True)",
            "subprocess.run(['/usr/bin/touch', folder + '/planted'], check=True)",
            "subprocess.run(['/usr/bin/mount', '-t', 'proc', 'proc', '/work'], check=True)",
            "subprocess.run(['/usr/bin/unshare', '--user', '--map-root-user', 'true'], check=True)",
            "zero(os.system('cat ' + canary))"),
    SEES_OTHER_PROCESSES(
            "os.kill(pid, 0)", "os.listdir('/proc')", "open('/proc/1/environ')", "open('/proc/self/mounts')"),
    REACHES_INTO_PROCESSES(
            "call(libc.ptrace(16, os.getppid(), 0, 0))",
            "call(libc.ptrace(16, 1, 0, 0))",
            "call(libc.process_vm_readv(os.getppid(), None, 0, None, 0, 0))"),
    GAINS_RIGHTS(
            "os.setuid(0)",
            "os.setgroups([0])",
            "os.chroot('/work')",
            "os.nice(-5)",
            "call(libc.mount(b'none', b'/work', b'tmpfs', 0, None))",
            "__import__('resource').setrlimit(__import__('resource').RLIMIT_NPROC, (4096, 4096))",
            "__import__('resource').setrlimit(__import__('resource').RLIMIT_AS, (-1, -1))",
            "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))"),
    MAKES_NAMESPACES(
            "call(libc.unshare(0x10000000))",
            "call(libc.unshare(0x00020000))",
            "call(libc.setns(0, 0))",
            "call(libc.syscall(56 if arch == 'x86_64' else 220, 0x10000011, 0, 0, 0, 0))"),
    KEEPS_MEMORY_OUTSIDE_ITS_LIMIT(
            "os.memfd_create('hidden')",
            "call(libc.shmget(0, 1 << 20, 0o1600))",
            "call(libc.syscall(447, 0))",
            "open('/dev/shm/hidden', 'w')"),
    CALLS_RARE_PARTS_OF_THE_KERNEL(
            "call(libc.syscall(425, 8, 0))",
            "call(libc.syscall(321 if arch == 'x86_64' else 280, 0, 0, 0))",
            "call(libc.syscall(298 if arch == 'x86_64' else 241, 0, 0, -1, -1, 0))",
            "call(libc.syscall(323 if arch == 'x86_64' else 282, 0))",
            "call(libc.syscall(250 if arch == 'x86_64' else 219, 0, -3, 0))",
            "call(libc.personality(0x0040000))"),
    READS_SECRETS(
            "none(set(os.environ) - {'PATH', 'HOME', 'TZ', 'LC_ALL', 'PWD', 'OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS',"
                    + " 'MPLBACKEND'})",
            "none(set(os.listdir('/')) - {'usr', 'bin', 'lib', 'lib32', 'lib64', 'etc', 'dev', 'tmp', 'work'})",
            "none(set(os.listdir('/etc')) - {'alternatives', 'matplotlibrc'})",
            "none([] if socket.gethostname() == 'studio' else [socket.gethostname()])",
            "os.getlogin()",
            "os.ttyname(0)");

    private static final String PREAMBLE = """
            import ctypes, os, platform, socket, subprocess
            libc = ctypes.CDLL(None, use_errno=True)
            arch = platform.machine()

            def call(result):
                if result == -1:
                    raise OSError(ctypes.get_errno(), 'refused')

            def zero(status):
                if status != 0:
                    raise OSError('refused')

            def none(found):
                if not found:
                    raise OSError('nothing found')

            def attempt(text):
                try:
                    eval(text)
                except BaseException as e:
                    print('held', text, type(e).__name__)
                else:
                    print('BROKEN', text)

            """;

    private final String[] attempts;

    Attack(String... attempts) {
        this.attempts = attempts;
    }

    int count() {
        return attempts.length;
    }

    /** The program; its output has a line for each attempt, beginning with {@code held} or {@code BROKEN}. */
    String code(String facts) {
        StringBuilder code = new StringBuilder(facts).append(PREAMBLE);
        for (String attempt : attempts) {
            code.append("attempt(\"\"\"").append(attempt.replace("\\", "\\\\")).append("\"\"\")\n");
        }
        return code.toString();
    }
}
